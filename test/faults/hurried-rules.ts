import { SMTP_RULES } from '../../src/platform/mail/smtp-mailer.js';
import { QUEUE_RULES, type QueueName, type QueueRules } from '../../src/platform/queue/index.js';

type Hurried = Pick<QueueRules, 'backoff' | 'maxTries'> & Partial<Pick<QueueRules, 'timeoutMs'>>;

const SOON = { backoff: { firstMs: 300, lastMs: 1_500 }, maxTries: 12 };

/** A pass lasts minutes: what is waited for hours or days is here waited for seconds. Everything else is the product's. */
export const HURRIED: Partial<Readonly<Record<QueueName, Hurried>>> = {
  events: { ...SOON, timeoutMs: 10_000 },
  mail: { ...SOON, timeoutMs: 20_000 },
  // More tries: a message that a dead worker had in hand is refused to the others for twenty seconds.
  webhooks: { ...SOON, maxTries: 60 },
};

/**
 * How long the mailer waits for an answer. As in the product, a job outlasts the turns of its mails on the mailer's three connections, each behind a
 * server that stalls: four fifths of its time are more than three of them. Else another handling of a mail would begin while the first is under way.
 */
const ANSWER_MS = 4_000;

/** In this process, from now on. */
export function hurry(): void {
  SMTP_RULES.timeoutMs = ANSWER_MS;
  for (const [queue, rules] of Object.entries(HURRIED)) Object.assign(QUEUE_RULES[queue as QueueName], rules);
}
