import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { MailKind } from '../domain/mail-data.js';
import type { Mail, Waiting } from '../domain/mailing.js';
import { KINDS } from '../domain/kinds.js';
import type { SameKind, Timing } from '../domain/schedule.js';

/** Mail that waits: for a digest, for the end of quiet hours, or for others of its kind. */
@Injectable()
export class WaitingMailRepository {
  /** What else of that kind each person has waiting, and when they were last sent some, if since then. Nothing for kinds that are not grouped. */
  async sameKind(query: Query, kind: MailKind, userIds: readonly string[], since: Date): Promise<ReadonlyMap<string, SameKind>> {
    if (!KINDS[kind].grouped || userIds.length === 0) return new Map();
    const rows = await query<SameKind & { userId: string }>(
      `SELECT user_id AS "userId", min(created_at) FILTER (WHERE mail_id IS NULL AND state = 'queued') AS "waitingSince",
              max(due_at) FILTER (WHERE mail_id IS NOT NULL) AS "lastLeft"
       FROM deliveries
       WHERE user_id = ANY ($1::uuid[]) AND kind = $2 AND cadence = 'immediate' AND due_at >= $3
       GROUP BY user_id`,
      [userIds, kind, since],
    );
    return new Map(rows.map(({ userId, ...same }) => [userId, same]));
  }

  /** What waits with a message that just came leaves with it. */
  async postpone(query: Query, kind: MailKind, messages: readonly (Timing & { readonly userId: string })[]): Promise<void> {
    const later = messages.filter(({ cadence }) => cadence === 'immediate');
    if (!KINDS[kind].grouped || later.length === 0) return;
    await query(
      `UPDATE deliveries d SET due_at = m.due_at
       FROM unnest($1::uuid[], $2::timestamptz[]) AS m (user_id, due_at)
       WHERE d.user_id = m.user_id AND d.kind = $3 AND d.cadence = 'immediate' AND d.mail_id IS NULL AND d.state = 'queued' AND d.due_at < m.due_at`,
      [later.map(({ userId }) => userId), later.map(({ dueAt }) => dueAt), kind],
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

  /** Locks what one person has that may leave, oldest first. Who asks second waits, then finds nothing left. */
  lockDue(query: Query, userId: string, now: Date): Promise<Waiting[]> {
    return query(
      `SELECT id, user_id AS "userId", kind, cadence FROM deliveries
       WHERE user_id = $1 AND mail_id IS NULL AND state = 'queued' AND due_at <= $2
       ORDER BY id FOR UPDATE`,
      [userId, now],
    );
  }

  async putIn(query: Query, { id, messages }: Mail): Promise<void> {
    await query('UPDATE deliveries SET mail_id = $2 WHERE id = ANY ($1::uuid[])', [messages, id]);
  }
}
