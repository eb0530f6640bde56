import { Instant, Nested, OneOf, Text, TextList, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { OBJECT_TYPES, type ObjectType } from '../domain/catalogue.js';
import { CHANNELS, DELIVERY_STATES, type Channel, type DeliveryState, type SentNotification } from '../domain/delivery.js';
import { KINDS } from '../domain/kinds.js';

/** Said of a message, and of its proof. */
export const BLANKED =
  'Quand ses mots ont été effacés : leur durée de conservation est passée, ou le compte de la personne qu’il nomme est effacé';

export class NotifiedObject {
  @OneOf(OBJECT_TYPES) type!: ObjectType;
  @Uuid() id!: string;
}

export class NotificationResponse {
  @Uuid() id!: string;
  @Text({ max: 100, description: 'Genre de message', example: 'receipt' }) kind!: string;
  @Text({ max: 200, description: 'Ce genre de message, en français : ce qui reste à lire une fois l’objet effacé' }) label!: string;
  @Text({ max: 200, nullable: true, description: 'Objet du courriel ; nul tant qu’il n’est pas écrit, et une fois effacé (blankedAt)' })
  subject!: string | null;
  @Text({
    ...{ max: 300, min: 0, nullable: true },
    description: 'Le message en une ligne ; nul de ce qui n’est parti que par courriel, et une fois effacé (blankedAt)',
  })
  summary!: string | null;
  @OneOf(DELIVERY_STATES, {
    description:
      'queued : va partir ; sent : remis au serveur ; bounced : revenu ; failed : refusé par le serveur du destinataire, ou abandonné ; cancelled : devenu sans objet, ou coupé par mes choix pendant qu’il attendait',
  })
  state!: DeliveryState;
  @Nested(() => NotifiedObject, { description: 'Ce dont parle le message' }) object!: NotifiedObject;
  @Uuid({ nullable: true }) organisationId!: string | null;
  @Instant() createdAt!: string;
  @Instant({ nullable: true }) sentAt!: string | null;
  @Instant({ nullable: true, description: 'Quand je l’ai marqué lu' }) readAt!: string | null;
  @Instant({ nullable: true, description: BLANKED }) blankedAt!: string | null;
  @TextList({ max: 5, each: 20, oneOf: CHANNELS, description: 'Par où il m’est adressé' }) channels!: Channel[];
}

/** One event of the stream: what an inbox holds of a message. */
export type InboxMessageResponse = Omit<NotificationResponse, 'state' | 'sentAt' | 'channels'>;

export class UnreadCountResponse {
  @WholeNumber({ min: 0, max: 2_147_483_647 }) unreadCount!: number;
}

export function toNotificationResponse({
  objectType,
  objectId,
  createdAt,
  sentAt,
  readAt,
  blankedAt,
  channels,
  ...sent
}: SentNotification): NotificationResponse {
  return {
    ...sent,
    label: KINDS[sent.kind].label,
    channels: [...channels],
    object: { type: objectType, id: objectId },
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    readAt: readAt?.toISOString() ?? null,
    blankedAt: blankedAt?.toISOString() ?? null,
  };
}
