import { Injectable } from '@nestjs/common';
import { Unsealable } from '../../../platform/auth/sealed-secrets.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import {
  afterAttempt,
  askedWait,
  cancelled,
  mostInHand,
  nextAttemptAt,
  postponed,
  takenInHand,
  type AttemptCause,
  type WebhookDelivery,
} from '../domain/webhook-delivery.js';
import { hasFailedTooLong, type DisabledCause, type WebhookEndpoint } from '../domain/webhook-endpoint.js';
import { WebhookDeliveryRepository } from '../persistence/webhook-delivery.repository.js';
import { WebhookEndpointRepository } from '../persistence/webhook-endpoint.repository.js';
import { WebhookSightRepository } from '../persistence/webhook-sight.repository.js';
import { SwitchWebhookEndpoint } from './switch-webhook-endpoint.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { OWNING, sightOfDelivery } from './webhook-sight.js';

/** A delivery in a worker's hand. */
export interface Sending {
  readonly delivery: WebhookDelivery;
  readonly url: string;
  /** Null: they do not open under this installation's key. */
  readonly secrets: readonly Buffer[] | null;
}

export interface AttemptResult {
  readonly at: Date;
  readonly durationMs: number;
  readonly statusCode: number | null;
  /** Null on success. */
  readonly cause: AttemptCause | null;
  readonly retryAfter: string | null;
}

/** Another worker is sending it. */
export class DeliveryInHand extends Error {
  override readonly name = 'DeliveryInHand';

  constructor() {
    super('another worker has this delivery in hand');
  }
}

/** What surrounds a sending: whether it may leave now, and what its answer means for the message and for its endpoint. */
@Injectable()
export class WebhookSending {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly sight: WebhookSightRepository,
    private readonly secrets: WebhookSecrets,
    private readonly switches: SwitchWebhookEndpoint,
  ) {}

  /** Null when nothing is to be sent now: it is done with, called off, or put to a later turn. @throws DeliveryInHand */
  async takeInHand(tx: Tx, deliveryId: string): Promise<Sending | null> {
    const endpoint = await this.endpoints.lockOfDelivery(tx.query, deliveryId);
    const waiting = await this.deliveries.lock(tx.query, deliveryId);
    if (!endpoint || waiting?.state !== 'pending') return null;
    if (waiting.inHandUntil !== null && tx.at < waiting.inHandUntil) throw new DeliveryInHand();
    if (!(await this.mayLeave(tx.query, endpoint, waiting))) {
      await this.deliveries.save(tx.query, cancelled(waiting, tx.at), true);
      return null;
    }
    if ((await this.deliveries.inHand(tx.query, endpoint.id, tx.at)) >= mostInHand(endpoint)) {
      await this.deliveries.save(tx.query, postponed(waiting, tx.at), false);
      return null;
    }
    const delivery = takenInHand(waiting, tx.at);
    await this.deliveries.save(tx.query, delivery, true);
    return { delivery, url: endpoint.url, secrets: await this.readableSecrets(tx.query, endpoint.id, tx.at) };
  }

  /** Nothing when the delivery was taken from this hand meanwhile, because it was too long. */
  async conclude(tx: Tx, { delivery: sent }: Sending, { retryAfter, ...result }: AttemptResult): Promise<void> {
    const endpoint = await this.endpoints.lockOfDelivery(tx.query, sent.id);
    const delivery = await this.deliveries.lock(tx.query, sent.id);
    if (!endpoint || delivery?.attempts !== sent.attempts || delivery.inHandUntil === null) return;
    await this.deliveries.addAttempt(tx.query, sent.id, { ...result, number: sent.attempts });
    const askedSeconds = result.statusCode === null ? null : askedWait(result.statusCode, retryAfter, tx.at);
    const again = result.cause === 'gone' ? null : nextAttemptAt(sent, { now: tx.at, askedSeconds, luck: Math.random() });
    await this.deliveries.save(tx.query, afterAttempt(delivery, result.cause, again, tx.at), false);
    await this.note(tx, endpoint, sent, result.cause);
  }

  /** Keeps since when the endpoint fails, and stops it when it asks for that or for want of any answer. */
  private async note(tx: Tx, endpoint: WebhookEndpoint, { tries }: WebhookDelivery, cause: AttemptCause | null): Promise<void> {
    if (endpoint.state === 'disabled') return;
    const failingSince = cause === null ? null : (endpoint.failingSince ?? tx.at);
    const noted = { ...endpoint, failingSince };
    const stop = stopFor(noted, cause, tries, tx.at);
    if (stop) {
      await this.switches.stop(tx, noted, stop);
      tx.tell('webhook-endpoint.stopped.v1', { endpointId: endpoint.id });
    } else if (failingSince?.getTime() !== endpoint.failingSince?.getTime()) await this.endpoints.save(tx.query, noted);
  }

  private mayLeave(query: Query, { id, state }: WebhookEndpoint, delivery: WebhookDelivery): Promise<boolean> {
    return state === 'disabled' ? Promise.resolve(false) : this.sight.mayTell(query, id, OWNING, sightOfDelivery(delivery));
  }

  private async readableSecrets(query: Query, endpointId: string, now: Date): Promise<readonly Buffer[] | null> {
    try {
      return await this.secrets.inForce(query, endpointId, now);
    } catch (error) {
      if (error instanceof Unsealable) return null;
      throw error;
    }
  }
}

/** A message's first failure never stops an endpoint: after a long silence it may be a passing one. */
function stopFor(endpoint: WebhookEndpoint, cause: AttemptCause | null, tries: number, now: Date): DisabledCause | null {
  if (cause === 'gone') return 'gone';
  return cause !== null && tries > 1 && hasFailedTooLong(endpoint, now) ? 'failing' : null;
}
