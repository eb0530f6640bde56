import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { INBOX_CHANNEL, type InboxMessage, type Outline } from '../domain/inbox.js';
import type { ToldTo } from './delivery.repository.js';

export interface NewInboxMessage extends ToldTo, Omit<Outline, 'link'> {
  readonly id: string;
}

const MESSAGE = `id, rank, kind, subject, summary, object_type AS "objectType", object_id AS "objectId", organisation_id AS "organisationId",
  created_at AS "createdAt", read_at AS "readAt", blanked_at AS "blankedAt"`;

@Injectable()
export class InboxRepository {
  /**
   * Puts each message in its inbox, but in those that have it already, and says so to who listens once this commits. The counters are locked in one
   * order, until then.
   */
  async add(query: Query, messages: readonly NewInboxMessage[], at: Date): Promise<void> {
    if (messages.length === 0) return;
    await query(
      `WITH told AS (
         SELECT t.*, row_number() OVER (PARTITION BY user_id ORDER BY id) AS nth, count(*) OVER (PARTITION BY user_id) AS own
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::jsonb[], $9::text[], $10::text[])
           AS t (id, event_id, user_id, kind, object_type, object_id, organisation_id, refs, subject, summary)
         WHERE NOT EXISTS (SELECT FROM inbox_messages m WHERE m.event_id = t.event_id AND m.user_id = t.user_id)
       ), counted AS (
         INSERT INTO inbox_counters AS c (user_id, last_rank) SELECT user_id, own FROM told WHERE nth = 1 ORDER BY user_id
         ON CONFLICT (user_id) DO UPDATE SET last_rank = c.last_rank + excluded.last_rank
         RETURNING user_id, last_rank
       ), added AS (
         INSERT INTO inbox_messages (id, event_id, user_id, rank, kind, object_type, object_id, organisation_id, refs, subject, summary, created_at)
         SELECT id, event_id, user_id, last_rank - own + nth, kind, object_type, object_id, organisation_id, refs, subject, summary, $11
         FROM told JOIN counted USING (user_id)
         ON CONFLICT (event_id, user_id) DO NOTHING
         RETURNING user_id
       )
       SELECT pg_notify('${INBOX_CHANNEL}', user_id::text) FROM (SELECT DISTINCT user_id FROM added) AS readers`,
      [
        messages.map(({ id }) => id),
        messages.map(({ eventId }) => eventId),
        messages.map(({ userId }) => userId),
        messages.map(({ kind }) => kind),
        messages.map(({ object }) => object.type),
        messages.map(({ object }) => object.id),
        messages.map(({ organisationId }) => organisationId),
        messages.map(({ refs }) => JSON.stringify(refs)),
        messages.map(({ subject }) => subject),
        messages.map(({ summary }) => summary),
        at,
      ],
    );
  }

  async unreadCount(query: Query, userId: string): Promise<number> {
    const [row] = await query<{ count: number }>(
      'SELECT count(*)::int AS count FROM inbox_messages WHERE user_id = $1 AND read_at IS NULL',
      [userId],
    );
    return row?.count ?? 0;
  }

  /** Marks one message read, the first time only. */
  async markRead(query: Query, userId: string, id: string, at: Date): Promise<void> {
    await query(
      `WITH marked AS (UPDATE inbox_messages SET read_at = $3 WHERE id = $2 AND user_id = $1 AND read_at IS NULL RETURNING user_id)
       SELECT pg_notify('${INBOX_CHANNEL}', user_id::text) FROM marked`,
      [userId, id, at],
    );
  }

  /** Marks read what is in the inbox now. */
  async markAllRead(query: Query, userId: string, at: Date): Promise<void> {
    await query(
      `WITH marked AS (UPDATE inbox_messages SET read_at = $2 WHERE user_id = $1::uuid AND read_at IS NULL RETURNING user_id)
       SELECT pg_notify('${INBOX_CHANNEL}', $1::uuid::text) WHERE EXISTS (SELECT FROM marked)`,
      [userId, at],
    );
  }

  /** What came after a rank, oldest first; nothing once the account is closed. */
  after(query: Query, userId: string, rank: bigint, limit: number): Promise<InboxMessage[]> {
    return query(
      `SELECT ${MESSAGE} FROM inbox_messages
       WHERE user_id = $1 AND rank > $2 AND NOT EXISTS (SELECT FROM notified_people p WHERE p.id = $1 AND p.is_disabled)
       ORDER BY rank LIMIT $3`,
      [userId, rank, limit],
    );
  }

  async lastRank(query: Query, userId: string): Promise<bigint> {
    const [row] = await query<{ rank: bigint }>('SELECT last_rank AS rank FROM inbox_counters WHERE user_id = $1', [userId]);
    return row?.rank ?? 0n;
  }
}
