import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { SentNotification } from '../domain/delivery.js';

/**
 * What was said to a person, whichever way: a message of the inbox with the state of the mail about it, if any; and mail that no inbox holds.
 * $1: the person; $2: their messages before this id; $3: only what they have not read.
 */
const MINE = `
  SELECT i.id, i.event_id, i.user_id, i.kind, i.subject, i.summary, i.object_type, i.object_id, i.organisation_id, i.created_at, i.read_at, i.blanked_at,
    true AS in_inbox
  FROM inbox_messages i
  WHERE i.user_id = $1 AND ($2::uuid IS NULL OR i.id < $2) AND (NOT $3 OR i.read_at IS NULL)
  UNION ALL
  SELECT d.id, d.event_id, d.user_id, d.kind, d.subject, NULL, d.object_type, d.object_id, d.organisation_id, d.created_at, NULL, d.blanked_at, false
  FROM deliveries d
  WHERE d.user_id = $1 AND ($2::uuid IS NULL OR d.id < $2) AND NOT $3
    AND NOT EXISTS (SELECT FROM inbox_messages i WHERE i.event_id = d.event_id AND i.user_id = d.user_id)`;

/** What only the inbox holds reached its reader at once. */
const NOTIFICATION = `m.id, m.kind, m.subject, m.summary, coalesce(d.state, 'sent') AS state, m.object_type AS "objectType", m.object_id AS "objectId",
  m.organisation_id AS "organisationId", m.created_at AS "createdAt", CASE WHEN d.id IS NULL THEN m.created_at ELSE d.sent_at END AS "sentAt",
  m.read_at AS "readAt", m.blanked_at AS "blankedAt",
  array_remove(ARRAY[CASE WHEN m.in_inbox THEN 'inbox' END, CASE WHEN d.id IS NOT NULL THEN 'mail' END], NULL) AS channels`;

const WITH_MAIL = `LEFT JOIN deliveries d ON d.event_id = m.event_id AND d.user_id = m.user_id AND d.channel = 'mail'`;

@Injectable()
export class NotificationRepository {
  /** Newest first. */
  async listOf(query: Query, userId: string, unread: boolean, page: PageRequest): Promise<Page<SentNotification>> {
    const rows = await query<SentNotification>(
      `SELECT ${NOTIFICATION} FROM (SELECT * FROM (${MINE}) AS mine ORDER BY id DESC LIMIT $4) AS m ${WITH_MAIL} ORDER BY m.id DESC`,
      [userId, page.after?.[0] ?? null, unread, page.limit + 1],
    );
    const total = page.count ? await this.countOf(query, userId, unread) : undefined;
    return pageOf(rows, page, ({ id }) => [id], total);
  }

  /** @throws NotFound when it was not said to this person */
  async one(query: Query, userId: string, id: string): Promise<SentNotification> {
    const [row] = await query<SentNotification>(
      `SELECT ${NOTIFICATION} FROM (SELECT * FROM (${MINE}) AS mine WHERE id = $4) AS m ${WITH_MAIL}`,
      [userId, null, false, id],
    );
    if (!row) throw new NotFound();
    return row;
  }

  private async countOf(query: Query, userId: string, unread: boolean): Promise<number> {
    const [row] = await query<{ count: number }>(`SELECT count(*)::int AS count FROM (${MINE}) AS mine`, [userId, null, unread]);
    return row?.count ?? 0;
  }
}
