import { Nested, NestedList, OneOf, Text } from '../../../platform/http/fields.js';
import { MAIL_KINDS } from '../domain/kinds.js';
import type { MailKind } from '../domain/mail-data.js';
import { CADENCES, INBOX_CHOICES, type Cadence, type InboxChoice } from '../domain/preferences.js';

const TIME = { max: 5, pattern: /^([01]\d|2[0-3]):[0-5]\d$/, patternMessage: 'doit être une heure, de 00:00 à 23:59' };

export class QuietHoursFields {
  @Text({ ...TIME, description: 'Début, à l’heure de mon fuseau', example: '20:00' }) from!: string;
  @Text({ ...TIME, description: 'Fin ; avant le début, c’est celle du lendemain', example: '07:30' }) to!: string;
}

export class KindChoiceRequest {
  @OneOf(MAIL_KINDS, { description: 'Genre de message' }) kind!: MailKind;
  @OneOf(CADENCES, { optional: true, description: 'Courriel : tout de suite, récapitulatif du jour ou de la semaine à 8 h, jamais' })
  mail?: Cadence;
  @OneOf(INBOX_CHOICES, { optional: true, description: 'Boîte de réception' }) inbox?: InboxChoice;
}

export class PreferencesRequest {
  @Text({ max: 100, optional: true, description: 'Fuseau horaire, base IANA (Europe/Paris par défaut)', example: 'Europe/Paris' })
  timeZone?: string;
  @Nested(() => QuietHoursFields, { optional: true, nullable: true, description: 'Heures où aucun courriel ne part, sauf ceux de droit' })
  quietHours?: QuietHoursFields | null;
  @NestedList(() => KindChoiceRequest, { max: 200, description: 'Mes choix ; un genre absent est immédiat' }) kinds!: KindChoiceRequest[];
}
