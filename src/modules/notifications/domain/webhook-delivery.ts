import { next, type TransitionTable } from '../../../kernel/transitions.js';
import type { Refs } from './delivery.js';
import { TEST_EVENT } from './webhook-events.js';

/** `cancelled`: its endpoint was stopped, or its owner may no longer read what it is about. */
export const WEBHOOK_DELIVERY_STATES = ['pending', 'delivered', 'failed', 'cancelled'] as const;
export type WebhookDeliveryState = (typeof WEBHOOK_DELIVERY_STATES)[number];
type DeliveryAct = 'deliver' | 'give-up' | 'cancel' | 'replay';

export const WEBHOOK_DELIVERY_TRANSITIONS: TransitionTable<WebhookDeliveryState, DeliveryAct> = {
  pending: { deliver: 'delivered', 'give-up': 'failed', cancel: 'cancelled' },
  delivered: { replay: 'pending' },
  failed: { replay: 'pending' },
  cancelled: { replay: 'pending' },
};

/** One event for one endpoint. Its id is the message's (`webhook-id`), the same at each attempt and replay. */
export interface WebhookDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly eventType: string;
  readonly occurredAt: Date;
  readonly data: Refs;
  readonly state: WebhookDeliveryState;
  /** Made since the beginning, the one in hand included. */
  readonly attempts: number;
  /** The same, since the last replay. */
  readonly tries: number;
  readonly nextAttemptAt: Date | null;
  readonly inHandUntil: Date | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** Why an attempt is no success. The first six: no answer; then the answers. */
export const ATTEMPT_CAUSES = [
  ...(['address-refused', 'dns', 'timeout', 'tls', 'protocol', 'connection'] as const),
  ...(['redirect', 'gone', 'status', 'secret-unreadable'] as const),
] as const;
export type AttemptCause = (typeof ATTEMPT_CAUSES)[number];

export interface WebhookAttempt {
  readonly number: number;
  readonly at: Date;
  readonly durationMs: number;
  readonly statusCode: number | null;
  /** Null on success. */
  readonly cause: AttemptCause | null;
}

/** Seconds between one attempt and the next: the schedule that Standard Webhooks advises, some three days in all. */
export const DELAYS_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
/** Added at random, so that what failed together does not come back together. */
const JITTER = 0.1;
const LONGEST_WAIT_SECONDS = 86_400;
const SECOND_MS = 1000;

/** Above the ten seconds of a sending: past it, whoever had the delivery in hand is dead. */
const IN_HAND_MS = 20_000;
/** Deliveries in hand for one endpoint, of the four workers of a process: one that hangs leaves some to the others. */
const IN_HAND_PER_ENDPOINT = { healthy: 3, failing: 1 };
const POSTPONED_MS = 5_000;

/** What leaves: a type, an instant, ids. */
export function bodyOf({ eventType, occurredAt, data }: WebhookDelivery): string {
  return JSON.stringify({ type: eventType, timestamp: occurredAt.toISOString(), data });
}

/** Null: it succeeded. */
export function causeOfStatus(status: number): AttemptCause | null {
  if (status >= 200 && status < 300) return null;
  if (status === 410) return 'gone';
  return status >= 300 && status < 400 ? 'redirect' : 'status';
}

/** Seconds that a 429 or a 503 asks us to wait (RFC 9110: a number or a date); null when it says nothing we understand. */
export function askedWait(status: number, retryAfter: string | null, now: Date): number | null {
  if ((status !== 429 && status !== 503) || retryAfter === null) return null;
  const value = retryAfter.trim();
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now.getTime()) / SECOND_MS);
  return Number.isNaN(seconds) || seconds <= 0 ? null : seconds;
}

/**
 * When to try again after a failure; null: never. A wait that was asked for is never cut short, up to a day.
 * @param luck from 0 to 1, drawn anew each time
 */
export function nextAttemptAt(
  { tries, eventType }: Pick<WebhookDelivery, 'tries' | 'eventType'>,
  { now, askedSeconds, luck }: { readonly now: Date; readonly askedSeconds: number | null; readonly luck: number },
): Date | null {
  const delay = eventType === TEST_EVENT ? undefined : DELAYS_SECONDS[tries - 1];
  if (delay === undefined) return null;
  const wait = Math.max(delay, Math.min(askedSeconds ?? 0, LONGEST_WAIT_SECONDS)) * (1 + JITTER * luck);
  return new Date(now.getTime() + wait * SECOND_MS);
}

export function takenInHand(delivery: WebhookDelivery, now: Date): WebhookDelivery {
  const { attempts, tries } = delivery;
  return { ...delivery, attempts: attempts + 1, tries: tries + 1, inHandUntil: new Date(now.getTime() + IN_HAND_MS) };
}

/** To another turn: no attempt is counted. */
export function postponed(delivery: WebhookDelivery, now: Date): WebhookDelivery {
  return { ...delivery, nextAttemptAt: new Date(now.getTime() + POSTPONED_MS) };
}

/** After an attempt that met `cause`. One that was cancelled meanwhile stays so. @param again when to try next; null: never */
export function afterAttempt(delivery: WebhookDelivery, cause: AttemptCause | null, again: Date | null, now: Date): WebhookDelivery {
  const free = { ...delivery, inHandUntil: null };
  if (delivery.state !== 'pending') return free;
  if (cause !== null && again !== null) return { ...free, nextAttemptAt: again };
  const state = next(WEBHOOK_DELIVERY_TRANSITIONS, delivery.state, cause === null ? 'deliver' : 'give-up');
  return { ...free, state, nextAttemptAt: null, finishedAt: now };
}

/** @throws ActNotAllowed when it is not waiting */
export function cancelled(delivery: WebhookDelivery, now: Date): WebhookDelivery {
  return { ...delivery, state: next(WEBHOOK_DELIVERY_TRANSITIONS, delivery.state, 'cancel'), nextAttemptAt: null, finishedAt: now };
}

/** The same message once more, its delays counted anew. @throws ActNotAllowed when it is still waiting */
export function replayed(delivery: WebhookDelivery, now: Date): WebhookDelivery {
  return {
    ...delivery,
    state: next(WEBHOOK_DELIVERY_TRANSITIONS, delivery.state, 'replay'),
    tries: 0,
    nextAttemptAt: now,
    finishedAt: null,
  };
}

/** How many of an endpoint's deliveries may be in hand at once. */
export function mostInHand({ failingSince }: { readonly failingSince: Date | null }): number {
  return failingSince === null ? IN_HAND_PER_ENDPOINT.healthy : IN_HAND_PER_ENDPOINT.failing;
}
