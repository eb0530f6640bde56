import { NotFound } from '../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../kernel/page.js';
import type { Query } from '../database/query.js';

export interface DeadLetter {
  readonly id: string;
  readonly type: string;
  /** Ids only. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly tries: number;
  /** Why its last handling failed; nothing personal. */
  readonly cause: string;
  readonly occurredAt: Date;
  readonly deadAt: Date;
}

const COLUMNS = `id, type, payload, tries, last_error AS cause, occurred_at AS "occurredAt", dead_at AS "deadAt"`;
const DEAD = 'dead_at IS NOT NULL AND discarded_at IS NULL';

/** The newest event first. `types`: only those. */
export async function listDead(query: Query, types: readonly string[] | null, request: PageRequest): Promise<Page<DeadLetter>> {
  const [after = null] = request.after ?? [];
  const rows = await query<DeadLetter>(
    `SELECT ${COLUMNS} FROM outbox WHERE ${DEAD} AND ($1::text[] IS NULL OR type = ANY ($1)) AND ($2::uuid IS NULL OR id < $2)
     ORDER BY id DESC LIMIT $3`,
    [types, after, request.limit + 1],
  );
  const total = request.count ? await countDead(query, types) : undefined;
  return pageOf(rows, request, ({ id }) => [id], total);
}

async function countDead(query: Query, types: readonly string[] | null): Promise<number> {
  const [row] = await query<{ total: number }>(
    `SELECT count(*)::int AS total FROM outbox WHERE ${DEAD} AND ($1::text[] IS NULL OR type = ANY ($1))`,
    [types],
  );
  return row?.total ?? 0;
}

/** @throws NotFound when it is not given up, or no more */
export async function lockDead(query: Query, id: string): Promise<DeadLetter> {
  const [letter] = await query<DeadLetter>(`SELECT ${COLUMNS} FROM outbox WHERE id = $1 AND ${DEAD} FOR UPDATE`, [id]);
  if (!letter) throw new NotFound();
  return letter;
}

/** As new: it is offered at once, and has all its tries. */
export async function revive(query: Query, id: string): Promise<void> {
  await query('UPDATE outbox SET dead_at = NULL, tries = 0, available_at = now() WHERE id = $1', [id]);
}

export async function discard(query: Query, id: string, at: Date): Promise<void> {
  await query('UPDATE outbox SET discarded_at = $2 WHERE id = $1', [id, at]);
}
