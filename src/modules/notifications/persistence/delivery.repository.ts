import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { ObjectType } from '../domain/catalogue.js';
import type { Delivery, Refs } from '../domain/delivery.js';
import type { MailKind } from '../domain/mail-data.js';
import type { Timing } from '../domain/schedule.js';

export interface NewDeliveries {
  readonly eventId: string;
  /** One a person. */
  readonly messages: readonly (Timing & { readonly id: string; readonly userId: string })[];
  readonly kind: MailKind;
  readonly object: { readonly type: ObjectType; readonly id: string };
  readonly organisationId: string | null;
  readonly refs: Refs;
  readonly at: Date;
}

export interface Queued {
  readonly id: string;
  /** False: it waits. */
  readonly leaves: boolean;
}

export interface WrittenMessage {
  readonly id: string;
  readonly subject: string;
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

  /**
   * Adds a mail a person, but for those who have theirs for this event. Gives the new ones: those that leave now are a mail by themselves, the others
   * wait to be put in one.
   */
  async queue(query: Query, { eventId, messages, kind, object, organisationId, refs, at }: NewDeliveries): Promise<readonly Queued[]> {
    return query<Queued>(
      `INSERT INTO deliveries (id, event_id, user_id, cadence, due_at, mail_id, kind, object_type, object_id, organisation_id, refs, created_at)
       SELECT id, $5, user_id, cadence, due_at, CASE WHEN due_at <= $11 THEN id END, $6, $7, $8, $9, $10, $11
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) AS d (id, user_id, cadence, due_at)
       ON CONFLICT (event_id, user_id, channel) DO NOTHING
       RETURNING id, mail_id IS NOT NULL AS leaves`,
      [
        messages.map(({ id }) => id),
        messages.map(({ userId }) => userId),
        messages.map(({ cadence }) => cadence),
        messages.map(({ dueAt }) => dueAt),
        eventId,
        kind,
        object.type,
        object.id,
        organisationId,
        JSON.stringify(refs),
        at,
      ],
    );
  }

  /** Locks the messages of a mail that still has to leave, in the order in which they were told. None: it has left, or never will. */
  lockMail(query: Query, mailId: string): Promise<Delivery[]> {
    return query(
      `SELECT id, user_id AS "userId", kind, refs, cadence FROM deliveries WHERE mail_id = $1 AND state = 'queued' ORDER BY id FOR UPDATE`,
      [mailId],
    );
  }

  async markSent(query: Query, messages: readonly WrittenMessage[], at: Date): Promise<void> {
    await query(
      `UPDATE deliveries d SET state = 'sent', subject = m.subject, sent_at = $3 FROM unnest($1::uuid[], $2::text[]) AS m (id, subject) WHERE d.id = m.id`,
      [messages.map(({ id }) => id), messages.map(({ subject }) => subject), at],
    );
  }

  /** `reason` holds no address (`describeFailure`). */
  async markFailed(query: Query, messages: readonly WrittenMessage[], reason: string): Promise<void> {
    await query(
      `UPDATE deliveries d SET state = 'failed', subject = m.subject, failure = $3 FROM unnest($1::uuid[], $2::text[]) AS m (id, subject) WHERE d.id = m.id`,
      [messages.map(({ id }) => id), messages.map(({ subject }) => subject), reason],
    );
  }

  async markCancelled(query: Query, ids: readonly string[]): Promise<void> {
    await query(`UPDATE deliveries SET state = 'cancelled' WHERE id = ANY ($1::uuid[])`, [ids]);
  }

  /** Marks what had left in that mail as come back. */
  async markBounced(query: Query, mailId: string, reason: string): Promise<void> {
    await query(`UPDATE deliveries SET state = 'bounced', failure = $2 WHERE mail_id = $1 AND state = 'sent'`, [mailId, reason]);
  }

  /** Locks whom a mail that left was sent to; null when none did under that id. */
  async lockRecipient(query: Query, mailId: string): Promise<string | null> {
    const [row] = await query<{ user_id: string }>(
      `SELECT user_id FROM deliveries WHERE mail_id = $1 AND state IN ('sent', 'bounced', 'failed') ORDER BY id FOR UPDATE`,
      [mailId],
    );
    return row?.user_id ?? null;
  }
}
