import type { Query } from '../../src/platform/database/query.js';
import type { TestApp } from '../setup/app.js';

/** What the database holds of a dossier, and what was recorded and told of it. */
export interface DossierFacts {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly receiptNumber: string | null;
  /** Acts, the oldest first. */
  readonly audits: readonly string[];
  readonly told: readonly string[];
}

/** What the database holds of a funding line, and what was recorded and moved for it. */
export interface LineFacts {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly proposedCents: bigint | null;
  readonly grantedCents: bigint | null;
  readonly audits: readonly string[];
  /** `kind amount`, the oldest first. */
  readonly movements: readonly string[];
}

/** A message that the application says it owes. */
export interface MailFacts {
  readonly dossierId: string;
  readonly kind: string;
  readonly messageId: string;
  readonly email: string;
  readonly state: string;
  /** `outcome code` of what servers answered. */
  readonly answers: readonly string[];
}

const AUDITS = `
  audits AS (
    SELECT object_id::uuid AS id, array_agg(act ORDER BY at, id) AS acts FROM audit
    WHERE object_type = $1 AND object_id = ANY ($2::uuid[]::text[]) GROUP BY 1)`;

export function readDossiers({ query }: TestApp, ids: readonly string[]): Promise<DossierFacts[]> {
  return query(
    `WITH ${AUDITS}, told AS (
       SELECT (payload->>'dossierId')::uuid AS id, array_agg(type ORDER BY occurred_at, id) AS types FROM outbox WHERE payload ? 'dossierId' GROUP BY 1)
     SELECT d.id, d.state, d.version, d.receipt_number AS "receiptNumber", coalesce(acts, '{}') AS audits, coalesce(types, '{}') AS told
     FROM dossiers d LEFT JOIN audits USING (id) LEFT JOIN told USING (id) WHERE d.id = ANY ($2::uuid[])`,
    ['dossier', ids],
  );
}

export function readLines({ query }: TestApp, ids: readonly string[]): Promise<LineFacts[]> {
  return query(
    `WITH ${AUDITS}, moved AS (
       SELECT funding_line_id AS id, array_agg(kind || ' ' || ae_cents ORDER BY position) AS movements FROM movements GROUP BY 1)
     SELECT l.id, l.state, l.version, l.proposed_cents AS "proposedCents", l.granted_cents AS "grantedCents",
            coalesce(acts, '{}') AS audits, coalesce(movements, '{}') AS movements
     FROM funding_lines l LEFT JOIN audits USING (id) LEFT JOIN moved USING (id) WHERE l.id = ANY ($2::uuid[])`,
    ['funding-line', ids],
  );
}

export function readMails({ query }: TestApp): Promise<MailFacts[]> {
  return query(
    `SELECT d.object_id AS "dossierId", d.kind, '<' || d.id || '@bievre.test>' AS "messageId", u.email::text AS email, d.state,
            ARRAY (SELECT concat_ws(' ', a.outcome, a.reply_code) FROM mail_attempts a WHERE a.mail_id = d.mail_id) AS answers
     FROM deliveries d JOIN users u ON u.id = d.user_id WHERE d.object_type = 'dossier'`,
  );
}

/** Acts done under an Idempotency-Key, which only the clients give. */
export async function countKeys({ query }: TestApp): Promise<number> {
  const [row] = await query<{ count: number }>('SELECT count(*)::int AS count FROM idempotency_keys');
  return row?.count ?? 0;
}

/** Events of the outbox that nobody dealt with yet, nor gave up. */
export async function countUnhandled(query: Query): Promise<number> {
  const [row] = await query<{ count: number }>('SELECT count(*)::int AS count FROM outbox WHERE handled_at IS NULL AND dead_at IS NULL');
  return row?.count ?? 0;
}

/** Those among them that anyone might have dealt with for so many milliseconds. */
export async function countDue(query: Query, ms: number): Promise<number> {
  const [row] = await query<{ count: number }>(
    `SELECT count(*)::int AS count FROM outbox
     WHERE handled_at IS NULL AND dead_at IS NULL AND available_at < now() - make_interval(secs => $1::float8 / 1000)`,
    [ms],
  );
  return row?.count ?? 0;
}

/** What to look at first when some are never dealt with. */
export function firstUnhandled(query: Query): Promise<object[]> {
  return query(
    `SELECT type, attempts, tries, last_error, available_at, held_until FROM outbox
     WHERE handled_at IS NULL AND dead_at IS NULL ORDER BY occurred_at LIMIT 5`,
  );
}

/** Webhooks that wait for their turn. */
export async function countWaitingHooks(query: Query): Promise<number> {
  const [row] = await query<{ count: number }>("SELECT count(*)::int AS count FROM webhook_deliveries WHERE state = 'pending'");
  return row?.count ?? 0;
}
