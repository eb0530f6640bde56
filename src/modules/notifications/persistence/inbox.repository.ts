import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { ObjectType } from '../domain/catalogue.js';
import { INBOX_CHANNEL, type InboxMessage } from '../domain/inbox.js';
import type { MailKind } from '../domain/mail-data.js';

export interface NewInboxMessages {
  readonly eventId: string;
  readonly kind: MailKind;
  readonly object: { readonly type: ObjectType; readonly id: string };
  readonly organisationId: string | null;
  readonly at: Date;
  readonly messages: readonly { readonly id: string; readonly userId: string; readonly subject: string; readonly summary: string }[];
}

const MESSAGE = `id, rank, kind, subject, summary, object_type AS "objectType", object_id AS "objectId", organisation_id AS "organisationId",
  created_at AS "createdAt", read_at AS "readAt"`;

@Injectable()
export class InboxRepository {
  /**
   * Puts a message in each inbox, but in those that have it already, and says so to who listens once this commits. The counters are locked in one
   * order, until then.
   */
  async add(query: Query, { eventId, kind, object, organisationId, at, messages }: NewInboxMessages): Promise<void> {
    if (messages.length === 0) return;
    await query(
      `WITH told AS (
         SELECT t.* FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS t (id, user_id, subject, summary)
         WHERE NOT EXISTS (SELECT FROM inbox_messages m WHERE m.event_id = $5 AND m.user_id = t.user_id)
       ), counted AS (
         INSERT INTO inbox_counters AS c (user_id, last_rank) SELECT user_id, 1 FROM told ORDER BY user_id
         ON CONFLICT (user_id) DO UPDATE SET last_rank = c.last_rank + 1
         RETURNING user_id, last_rank
       ), added AS (
         INSERT INTO inbox_messages (id, event_id, user_id, rank, kind, object_type, object_id, organisation_id, subject, summary, created_at)
         SELECT id, $5, user_id, last_rank, $6, $7, $8, $9, subject, summary, $10 FROM told JOIN counted USING (user_id)
         ON CONFLICT (event_id, user_id) DO NOTHING
         RETURNING user_id
       )
       SELECT pg_notify('${INBOX_CHANNEL}', user_id::text) FROM added`,
      [
        messages.map(({ id }) => id),
        messages.map(({ userId }) => userId),
        messages.map(({ subject }) => subject),
        messages.map(({ summary }) => summary),
        eventId,
        kind,
        object.type,
        object.id,
        organisationId,
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
