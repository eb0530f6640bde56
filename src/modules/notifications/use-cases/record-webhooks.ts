import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Refs } from '../domain/delivery.js';
import { isWebhookEvent, subjectOf, thinData } from '../domain/webhook-events.js';
import { WebhookDeliveryRepository, type NewWebhookDeliveries } from '../persistence/webhook-delivery.repository.js';
import { WebhookSightRepository } from '../persistence/webhook-sight.repository.js';
import { OWNING, sightOf } from './webhook-sight.js';

export interface HeardEvent {
  /** The outbox row's id: what "once" is counted by. */
  readonly id: string;
  readonly type: string;
  readonly refs: Refs;
}

/** From a fact to the systems that asked for it: one delivery each, and the event that will have it sent. */
@Injectable()
export class RecordWebhooks {
  constructor(
    private readonly sight: WebhookSightRepository,
    private readonly deliveries: WebhookDeliveryRepository,
  ) {}

  /** In the transaction that follows the events. */
  async record(tx: Tx, events: readonly HeardEvent[]): Promise<void> {
    const heard = new Set(await this.sight.heard(tx.query, [...new Set(events.map(({ type }) => type))]));
    for (const { id: eventId, type, refs } of events) {
      if (!isWebhookEvent(type) || !heard.has(type)) continue;
      const endpointIds = await this.sight.subscribers(tx.query, type, OWNING, sightOf(subjectOf(type, refs)));
      if (endpointIds.length > 0) await this.queue(tx, { eventId, eventType: type, endpointIds, data: thinData(type, refs) });
    }
  }

  /** Messages to be sent once this commits. Gives their ids. */
  async queue(tx: Tx, deliveries: Omit<NewWebhookDeliveries, 'at'>): Promise<readonly string[]> {
    const ids = await this.deliveries.add(tx.query, { ...deliveries, at: tx.at });
    for (const deliveryId of ids) tx.tell('webhook.due.v1', { deliveryId });
    return ids;
  }
}
