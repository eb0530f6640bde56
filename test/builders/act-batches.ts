import type { TestApp } from '../setup/app.js';
import type { Person } from './people.js';

export interface BatchItem {
  readonly actId: string;
  readonly version: number;
}

/** What the API says became of one act of a batch. */
export interface BatchResult {
  readonly actId: string;
  readonly status: string;
  readonly version: number | null;
  readonly code: string | null;
  readonly detail: string | null;
}

export interface BatchAnswer {
  readonly status: number;
  readonly body: { readonly code?: string; readonly errors?: readonly object[] };
  readonly items: readonly BatchResult[];
  readonly replayed: string | undefined;
}

export async function batchOfActs(
  app: TestApp,
  by: Person,
  verb: 'sign' | 'notify',
  items: readonly BatchItem[],
  key?: string,
): Promise<BatchAnswer> {
  const request = app.http.post(`/v1/acts/${verb}-batch`).set(by.auth);
  if (key !== undefined) void request.set('Idempotency-Key', key);
  const { status, body, headers } = await request.send({ items });
  const answered = body as BatchAnswer['body'] & { items?: BatchResult[] };
  return { status, body: answered, items: answered.items ?? [], replayed: headers['idempotent-replayed'] };
}
