import { QUEUE_RULES, type QueueName, type QueueRules } from '../../src/platform/queue/index.js';

type Hurried = Pick<QueueRules, 'backoff' | 'maxTries'> & Partial<Pick<QueueRules, 'timeoutMs'>>;

const SOON = { backoff: { firstMs: 300, lastMs: 1_500 }, maxTries: 12 };

/** A pass lasts minutes: what is waited for hours or days is here waited for seconds. Everything else is the product's. */
export const HURRIED: Partial<Readonly<Record<QueueName, Hurried>>> = {
  events: { ...SOON, timeoutMs: 10_000 },
  // More than the mailer waits for an answer, as in the product: a server that stalls is given up by the mailer, not by the queue.
  mail: { ...SOON, timeoutMs: 20_000 },
  // More tries: a message that a dead worker had in hand is refused to the others for twenty seconds.
  webhooks: { ...SOON, maxTries: 60 },
};

/** In this process, from now on. */
export function hurry(): void {
  for (const [queue, rules] of Object.entries(HURRIED)) Object.assign(QUEUE_RULES[queue as QueueName], rules);
}
