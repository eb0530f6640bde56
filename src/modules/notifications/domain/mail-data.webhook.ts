import type { ToSomeone, WithLink } from './mail-parts.js';

export interface WebhookStopped extends ToSomeone, WithLink {
  readonly url: string;
  /** What its owner calls it. */
  readonly description: string | null;
  /** `gone`: it answered 410. `failing`: it did nothing but fail for too long. */
  readonly cause: 'gone' | 'failing';
  readonly stoppedAt: Date;
  /** Of the first failure since the last success; null when it answered 410. */
  readonly failingSince: Date | null;
  /** What switches it on again, such as `POST https://…/v1/webhook-endpoints/{id}/enable`. */
  readonly operation: string;
}
