import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { ObjectType } from '../domain/catalogue.js';
import type { Delivery, Refs, SentNotification } from '../domain/delivery.js';
import type { MailKind } from '../domain/mail-data.js';

export interface NewDeliveries {
  readonly eventId: string;
  readonly userIds: readonly string[];
  readonly kind: MailKind;
  readonly object: { readonly type: ObjectType; readonly id: string };
  readonly organisationId: string | null;
  readonly refs: Refs;
  readonly at: Date;
}

@Injectable()
export class DeliveryRepository {
  /** Adds a delivery a person, but for those who have theirs for this event. Gives the ids of the new ones. */
  async queue(query: Query, { eventId, userIds, kind, object, organisationId, refs, at }: NewDeliveries): Promise<readonly string[]> {
    const rows = await query<{ id: string }>(
      `INSERT INTO deliveries (id, event_id, user_id, kind, object_type, object_id, organisation_id, refs, created_at)
       SELECT id, $3, user_id, $4, $5, $6, $7, $8, $9 FROM unnest($1::uuid[], $2::uuid[]) AS d (id, user_id)
       ON CONFLICT (event_id, user_id, channel) DO NOTHING
       RETURNING id`,
      [userIds.map(() => newId()), userIds, eventId, kind, object.type, object.id, organisationId, JSON.stringify(refs), at],
    );
    return rows.map((row) => row.id);
  }

  /** Locks a message that still has to leave. Null when it has left, or never will. */
  async lockQueued(query: Query, id: string): Promise<Delivery | null> {
    const [row] = await query<Delivery>(
      `SELECT id, user_id AS "userId", kind, refs FROM deliveries WHERE id = $1 AND state = 'queued' FOR UPDATE`,
      [id],
    );
    return row ?? null;
  }

  async markSent(query: Query, id: string, subject: string, at: Date): Promise<void> {
    await query(`UPDATE deliveries SET state = 'sent', subject = $2, sent_at = $3 WHERE id = $1`, [id, subject, at]);
  }

  /** `reason` holds no address (`describeFailure`). */
  async markFailed(query: Query, id: string, subject: string, reason: string): Promise<void> {
    await query(`UPDATE deliveries SET state = 'failed', subject = $2, failure = $3 WHERE id = $1`, [id, subject, reason]);
  }

  async markCancelled(query: Query, id: string): Promise<void> {
    await query(`UPDATE deliveries SET state = 'cancelled' WHERE id = $1`, [id]);
  }

  /** What was said to one person, newest first. */
  async listOf(query: Query, userId: string, page: PageRequest): Promise<Page<SentNotification>> {
    const rows = await query<SentNotification>(
      `SELECT id, kind, subject, state, object_type AS "objectType", object_id AS "objectId", organisation_id AS "organisationId",
              created_at AS "createdAt", sent_at AS "sentAt"
       FROM deliveries WHERE user_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [userId, page.after?.[0] ?? null, page.limit + 1],
    );
    const total = page.count ? await this.countOf(query, userId) : undefined;
    return pageOf(rows, page, ({ id }) => [id], total);
  }

  private async countOf(query: Query, userId: string): Promise<number> {
    const [row] = await query<{ count: number }>('SELECT count(*)::int AS count FROM deliveries WHERE user_id = $1', [userId]);
    return row?.count ?? 0;
  }
}
