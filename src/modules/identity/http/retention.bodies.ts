import { OneOf, Text, WholeNumber } from '../../../platform/http/fields.js';
import { LEAST_NOTICE_DAYS, RETAINED, type Retained, type RetentionRule } from '../domain/retention.js';

const DAYS = { min: 0, max: 36_500 } as const;
const ACTIVE = { ...DAYS, description: 'Jours d’utilisation à compter du départ' } as const;
const NOTICE = {
  ...DAYS,
  description: `Jours de préavis avant la fin de l’utilisation ; d’un compte, ${LEAST_NOTICE_DAYS} au moins`,
} as const;

export class RetentionRuleResponse {
  @OneOf(RETAINED, { description: 'Ce qui est conservé : compte, session, lien à usage unique, message' }) object!: Retained;
  @Text({ max: 200, description: 'D’où la durée est comptée' }) start!: string;
  @WholeNumber(ACTIVE) activeDays!: number;
  @WholeNumber(NOTICE) noticeDays!: number;
  @WholeNumber({ ...DAYS, description: 'Jours de conservation à part, avant le sort final' }) archivedDays!: number;
  @OneOf(['pseudonymise', 'delete'], { description: 'Sort final' }) fate!: 'pseudonymise' | 'delete';
  @Text({ max: 500 }) legalBasis!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
}

export class ChangeRetentionRuleRequest {
  @WholeNumber({ ...ACTIVE, optional: true }) activeDays?: number;
  @WholeNumber({ ...NOTICE, optional: true }) noticeDays?: number;
  @WholeNumber({ ...DAYS, optional: true, description: 'Jours de conservation à part, avant le sort final' }) archivedDays?: number;
}

export function toRetentionRuleResponse(rule: RetentionRule): RetentionRuleResponse {
  return rule;
}
