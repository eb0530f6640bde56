import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import type { Query } from '../../../platform/database/query.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { WebhookDeliveryRepository } from '../persistence/webhook-delivery.repository.js';

/** Offered at once, an endpoint: one that fails is tried, not stormed. */
const ROOM = { healthy: 50, failing: 3 };
const KEPT_MS = 90 * 24 * 3_600_000;

/** What the clock does: offers again what failed once its delay is over, and forgets old logs. May run as often as one likes, on any replica. */
@Injectable()
export class KeepWebhooks {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly clock: Clock,
  ) {}

  /** Gives how many were offered. */
  offerDue(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      const due = await this.deliveries.takeDue(tx.query, tx.at, ROOM);
      for (const deliveryId of due) tx.tell('webhook.due.v1', { deliveryId });
      return due.length;
    });
  }

  /** Its event was put aside for good: the log says so, and its place among those offered is free. */
  giveUp(query: Query, deliveryId: string, at: Date): Promise<void> {
    return this.deliveries.giveUp(query, deliveryId, at);
  }

  /** Forgets what ended ninety days ago. Gives how many. */
  prune(): Promise<number> {
    return this.work.transaction((query) => this.deliveries.prune(query, new Date(this.clock.now().getTime() - KEPT_MS)));
  }
}
