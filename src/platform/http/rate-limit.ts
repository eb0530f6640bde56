import { BievreError } from '../../kernel/errors.js';

export class TooManyRequests extends BievreError {
  constructor(readonly retryAfterSeconds: number) {
    super('TOO_MANY_REQUESTS', `Trop de demandes. Réessayez dans ${retryAfterSeconds} secondes.`);
  }
}

export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

const WINDOW_SECONDS = 60;

/** A fixed window a caller, in this process's memory: it protects a replica from one client, it is no record of anything. */
export class RateLimiter {
  private counts = new Map<string, number>();
  private windowStart = 0;

  constructor(private readonly limitPerMinute: number) {}

  /** @throws TooManyRequests */
  take(caller: string, nowMs: number): Quota {
    const start = Math.floor(nowMs / (WINDOW_SECONDS * 1000));
    if (start !== this.windowStart) {
      this.windowStart = start;
      this.counts = new Map();
    }
    const used = (this.counts.get(caller) ?? 0) + 1;
    this.counts.set(caller, used);
    const resetSeconds = Math.max(1, Math.ceil((start + 1) * WINDOW_SECONDS - nowMs / 1000));
    if (used > this.limitPerMinute) throw new TooManyRequests(resetSeconds);
    return { limit: this.limitPerMinute, remaining: this.limitPerMinute - used, resetSeconds };
  }
}

/** The headers of draft-ietf-httpapi-ratelimit-headers. */
export function rateLimitHeaders(quota: Quota): Readonly<Record<string, string>> {
  return {
    'ratelimit-policy': `"default";q=${quota.limit};w=${WINDOW_SECONDS}`,
    ratelimit: `"default";r=${quota.remaining};t=${quota.resetSeconds}`,
  };
}
