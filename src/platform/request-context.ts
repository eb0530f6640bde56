import { AsyncLocalStorage } from 'node:async_hooks';

/** What the acts of one request share without passing it by hand. Outside a request (a job, a command) there is none. */
export interface RequestContext {
  readonly requestId: string;
  /** When the server received the request: the instant that decides whether a deadline was met. */
  readonly receivedAt: Date;
  /** The permission declared by the operation; `authorized` says which ones were really asked. */
  permission?: string;
  readonly authorized: Set<string>;
  idempotency?: { readonly operation: string; readonly key: string; readonly bodyHash: Buffer; used: boolean };
  replayed: boolean;
}

export const requestContext = new AsyncLocalStorage<RequestContext>();

/**
 * Runs acts that are parts of the one that the request's Idempotency-Key was spent on: that one keeps the answer, and these have none of their
 * own to replay.
 */
export function asParts<Result>(work: () => Promise<Result>): Promise<Result> {
  const context = requestContext.getStore();
  if (!context?.idempotency) return work();
  const { idempotency: _spent, ...rest } = context;
  return requestContext.run(rest, work);
}
