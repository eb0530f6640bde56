import { Instant, Nested, OneOf, Text, Uuid } from '../../../platform/http/fields.js';
import { OBJECT_TYPES, type ObjectType } from '../domain/catalogue.js';
import { DELIVERY_STATES, type DeliveryState, type SentNotification } from '../domain/delivery.js';

export class NotifiedObject {
  @OneOf(OBJECT_TYPES) type!: ObjectType;
  @Uuid() id!: string;
}

export class NotificationResponse {
  @Uuid() id!: string;
  @Text({ max: 100, description: 'Genre de message', example: 'receipt' }) kind!: string;
  @Text({ max: 200, nullable: true, description: 'Objet du courriel ; nul tant qu’il n’est pas écrit' }) subject!: string | null;
  @OneOf(DELIVERY_STATES, {
    description:
      'queued : va partir ; sent : remis au serveur ; failed : refusé par le serveur du destinataire ; cancelled : devenu sans objet',
  })
  state!: DeliveryState;
  @Nested(() => NotifiedObject, { description: 'Ce dont parle le message' }) object!: NotifiedObject;
  @Uuid({ nullable: true }) organisationId!: string | null;
  @Instant() createdAt!: string;
  @Instant({ nullable: true }) sentAt!: string | null;
}

export function toNotificationResponse({ objectType, objectId, createdAt, sentAt, ...sent }: SentNotification): NotificationResponse {
  return {
    ...sent,
    object: { type: objectType, id: objectId },
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  };
}
