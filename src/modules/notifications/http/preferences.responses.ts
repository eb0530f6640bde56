import { Flag, Nested, NestedList, OneOf, Text, TextList, WholeNumber } from '../../../platform/http/fields.js';
import { KINDS, MAIL_KINDS, TOPICS, whyLegal, type Topic } from '../domain/kinds.js';
import type { MailKind } from '../domain/mail-data.js';
import {
  CADENCES,
  defaultChoice,
  INBOX_CHOICES,
  inboxChoices,
  mailChoices,
  type Cadence,
  type InboxChoice,
} from '../domain/preferences.js';
import type { OwnPreferences } from '../use-cases/choose-notifications.js';
import { QuietHoursFields } from './preferences.requests.js';

export class KindPreferenceResponse {
  @OneOf(MAIL_KINDS) kind!: MailKind;
  @OneOf(TOPICS) topic!: Topic;
  @Text({ max: 200, description: 'Ce genre de message, en français' }) label!: string;
  @OneOf(CADENCES) mail!: Cadence;
  @OneOf(INBOX_CHOICES) inbox!: InboxChoice;
  @TextList({ max: 4, each: 20, oneOf: CADENCES, description: 'Ce qui peut être choisi' }) mailChoices!: Cadence[];
  @TextList({ max: 2, each: 20, oneOf: INBOX_CHOICES, description: 'Ce qui peut être choisi' }) inboxChoices!: InboxChoice[];
  @Text({ max: 300, nullable: true, description: 'Pourquoi ce message de droit ne peut être ni coupé ni retardé' }) legal!: string | null;
}

export class PreferencesResponse {
  @WholeNumber({ min: 0, max: 2_147_483_647, description: '0 tant que rien n’a été choisi' }) version!: number;
  @Text({ max: 100 }) timeZone!: string;
  @Nested(() => QuietHoursFields, { nullable: true }) quietHours!: QuietHoursFields | null;
  @NestedList(() => KindPreferenceResponse, { max: 200 }) kinds!: KindPreferenceResponse[];
  @Flag({ description: 'Plusieurs courriels me sont revenus : mon adresse est sans doute à corriger' }) addressFlagged!: boolean;
}

export function toPreferencesResponse({ version, timeZone, quietHours, choices, addressFlagged }: OwnPreferences): PreferencesResponse {
  const kinds = MAIL_KINDS.map((kind) => ({
    kind,
    topic: KINDS[kind].topic,
    label: KINDS[kind].label,
    ...(choices.get(kind) ?? defaultChoice(kind)),
    mailChoices: [...mailChoices(kind)],
    inboxChoices: [...inboxChoices(kind)],
    legal: whyLegal(KINDS[kind]),
  }));
  return { version, timeZone, quietHours: quietHours && { ...quietHours }, kinds, addressFlagged };
}
