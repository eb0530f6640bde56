import { Cents, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';

const DEPARTMENT = { max: 3, pattern: /^(\d{2,3}|2[AB])$/, patternMessage: 'n’est pas un code de département', example: '94' } as const;
const YEAR = { min: 2024, max: 2100 } as const;

export class OpenEnvelopeRequest {
  @Uuid() funderId!: string;
  @Text({ max: 100, example: 'P147-01', description: 'Programme ou action budgétaire' }) programme!: string;
  @WholeNumber({ ...YEAR, description: 'Exercice' }) year!: number;
  @Text({ ...DEPARTMENT, optional: true, description: 'Par défaut celui du financeur' }) department?: string;
  @Cents({ description: 'Autorisations d’engagement' }) ceilingAeCents!: number;
  @Cents({ description: 'Crédits de paiement' }) ceilingCpCents!: number;
}

export class AdjustEnvelopeRequest {
  @Cents({ description: 'De combien, en autorisations d’engagement' }) aeCents!: number;
  @Cents({ description: 'De combien, en crédits de paiement' }) cpCents!: number;
  @Text({ max: 2000 }) reason!: string;
}

export class EnvelopesQuery extends ListQuery {
  @Uuid({ optional: true }) funderId?: string;
  @WholeNumber({ ...YEAR, optional: true, query: true }) year?: number;
  @Text({ ...DEPARTMENT, optional: true }) department?: string;
}
