import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { ObjectType } from '../domain/catalogue.js';
import type { Delivery, Refs } from '../domain/delivery.js';
import type { MailKind } from '../domain/mail-data.js';

export interface NewDeliveries {
  readonly eventId: string;
  /** One a person. */
  readonly messages: readonly { readonly id: string; readonly userId: string }[];
  readonly kind: MailKind;
  readonly object: { readonly type: ObjectType; readonly id: string };
  readonly organisationId: string | null;
  readonly refs: Refs;
  readonly at: Date;
}

@Injectable()
export class DeliveryRepository {
  /** Those whom this event has not reached yet, by any channel. */
  async untold(query: Query, eventId: string, userIds: readonly string[]): Promise<readonly string[]> {
    const rows = await query<{ user_id: string }>(
      `SELECT user_id FROM unnest($2::uuid[]) WITH ORDINALITY AS u (user_id, position)
       WHERE NOT EXISTS (SELECT FROM deliveries d WHERE d.event_id = $1 AND d.user_id = u.user_id)
         AND NOT EXISTS (SELECT FROM inbox_messages i WHERE i.event_id = $1 AND i.user_id = u.user_id)
       ORDER BY position`,
      [eventId, userIds],
    );
    return rows.map((row) => row.user_id);
  }

  /** Adds a delivery a person, but for those who have theirs for this event. Gives the ids of the new ones. */
  async queue(query: Query, { eventId, messages, kind, object, organisationId, refs, at }: NewDeliveries): Promise<readonly string[]> {
    const rows = await query<{ id: string }>(
      `INSERT INTO deliveries (id, event_id, user_id, kind, object_type, object_id, organisation_id, refs, created_at)
       SELECT id, $3, user_id, $4, $5, $6, $7, $8, $9 FROM unnest($1::uuid[], $2::uuid[]) AS d (id, user_id)
       ON CONFLICT (event_id, user_id, channel) DO NOTHING
       RETURNING id`,
      [
        messages.map(({ id }) => id),
        messages.map(({ userId }) => userId),
        eventId,
        kind,
        object.type,
        object.id,
        organisationId,
        JSON.stringify(refs),
        at,
      ],
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
}
