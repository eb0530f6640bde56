import { Instant, Nested, OneOf, Text, TextList, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { OBJECT_TYPES, type ObjectType } from '../domain/catalogue.js';
import { CHANNELS, DELIVERY_STATES, type Channel, type DeliveryState, type SentNotification } from '../domain/delivery.js';

export class NotifiedObject {
  @OneOf(OBJECT_TYPES) type!: ObjectType;
  @Uuid() id!: string;
}

export class NotificationResponse {
  @Uuid() id!: string;
  @Text({ max: 100, description: 'Genre de message', example: 'receipt' }) kind!: string;
  @Text({ max: 200, nullable: true, description: 'Objet du courriel ; nul tant qu’il n’est pas écrit' }) subject!: string | null;
  @Text({ max: 300, min: 0, nullable: true, description: 'Le message en une ligne ; nul de ce qui n’est parti que par courriel' })
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
  channels,
  ...sent
}: SentNotification): NotificationResponse {
  return {
    ...sent,
    channels: [...channels],
    object: { type: objectType, id: objectId },
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    readAt: readAt?.toISOString() ?? null,
  };
}
