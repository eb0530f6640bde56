import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { MailKind } from '../domain/mail-data.js';
import type { Mail, Waiting } from '../domain/mailing.js';
import { KINDS } from '../domain/kinds.js';
import type { SameKind, Timing } from '../domain/schedule.js';

/** A message that waits for its mail, due or not. */
export interface WaitingMessage {
  readonly id: string;
  readonly userId: string;
  readonly kind: MailKind;
  readonly toldAt: Date;
}

interface OfKind {
  readonly userId: string;
  readonly kind: MailKind;
}

export function sameKindKey({ userId, kind }: OfKind): string {
  return `${userId} ${kind}`;
}

/** Mail that waits: for a digest, for the end of quiet hours, or for others of its kind. */
@Injectable()
export class WaitingMailRepository {
  /**
   * What else of that kind each person has waiting, and when they were last sent some, if since then: found under `sameKindKey`. Nothing for kinds
   * that are not grouped.
   */
  async sameKind(query: Query, messages: readonly OfKind[], since: Date): Promise<ReadonlyMap<string, SameKind>> {
    const grouped = messages.filter(({ kind }) => KINDS[kind].grouped);
    if (grouped.length === 0) return new Map();
    const rows = await query<SameKind & OfKind>(
      `SELECT user_id AS "userId", kind, min(created_at) FILTER (WHERE mail_id IS NULL AND state = 'queued') AS "waitingSince",
              max(due_at) FILTER (WHERE mail_id IS NOT NULL) AS "lastLeft"
       FROM deliveries
       WHERE (user_id, kind) IN (SELECT * FROM unnest($1::uuid[], $2::text[])) AND cadence = 'immediate' AND due_at >= $3
       GROUP BY user_id, kind`,
      [grouped.map(({ userId }) => userId), grouped.map(({ kind }) => kind), since],
    );
    return new Map(rows.map((row) => [sameKindKey(row), row]));
  }

  /** What waits with a message that just came leaves with it. */
  async postpone(query: Query, messages: readonly (Timing & OfKind)[]): Promise<void> {
    const later = messages.filter(({ kind, cadence }) => KINDS[kind].grouped && cadence === 'immediate');
    if (later.length === 0) return;
    await query(
      `UPDATE deliveries d SET due_at = m.due_at
       FROM (SELECT user_id, kind, max(due_at) AS due_at FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS m (user_id, kind, due_at) GROUP BY 1, 2) AS m
       WHERE d.user_id = m.user_id AND d.kind = m.kind AND d.cadence = 'immediate' AND d.mail_id IS NULL AND d.state = 'queued' AND d.due_at < m.due_at`,
      [later.map(({ userId }) => userId), later.map(({ kind }) => kind), later.map(({ dueAt }) => dueAt)],
    );
  }

  /** The people who have mail that may leave by then. */
  async peopleWithDue(query: Query, now: Date, limit: number): Promise<readonly string[]> {
    const rows = await query<{ user_id: string }>(
      `SELECT DISTINCT user_id FROM deliveries WHERE mail_id IS NULL AND state = 'queued' AND due_at <= $1 ORDER BY user_id LIMIT $2`,
      [now, limit],
    );
    return rows.map((row) => row.user_id);
  }

  /** Locks what those people have that may leave, oldest first. Who asks second waits, then finds nothing left. */
  lockDue(query: Query, userIds: readonly string[], now: Date): Promise<Waiting[]> {
    return query(
      `SELECT id, user_id AS "userId", kind, cadence FROM deliveries
       WHERE user_id = ANY ($1::uuid[]) AND mail_id IS NULL AND state = 'queued' AND due_at <= $2
       ORDER BY id FOR UPDATE`,
      [userIds, now],
    );
  }

  /** Locks all that someone has waiting, in the order of `lockDue`: what is being released meanwhile is no longer among it. */
  lockWaiting(query: Query, userId: string): Promise<WaitingMessage[]> {
    return query(
      `SELECT id, user_id AS "userId", kind, created_at AS "toldAt" FROM deliveries
       WHERE user_id = $1 AND mail_id IS NULL AND state = 'queued'
       ORDER BY id FOR UPDATE`,
      [userId],
    );
  }

  /** Of locked messages. */
  async reschedule(query: Query, messages: readonly (Timing & { readonly id: string })[]): Promise<void> {
    await query(
      `UPDATE deliveries d SET cadence = m.cadence, due_at = m.due_at
       FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS m (id, cadence, due_at) WHERE d.id = m.id`,
      [messages.map(({ id }) => id), messages.map(({ cadence }) => cadence), messages.map(({ dueAt }) => dueAt)],
    );
  }

  async putIn(query: Query, mails: readonly Mail[]): Promise<void> {
    const held = mails.flatMap(({ id, messages }) => messages.map((message) => ({ id, message })));
    await query('UPDATE deliveries d SET mail_id = m.mail_id FROM unnest($1::uuid[], $2::uuid[]) AS m (id, mail_id) WHERE d.id = m.id', [
      held.map(({ message }) => message),
      held.map(({ id }) => id),
    ]);
  }
}
