import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { ObjectType } from '../domain/catalogue.js';
import type { Delivery, Refs } from '../domain/delivery.js';
import type { MailKind } from '../domain/mail-data.js';
import type { Timing } from '../domain/schedule.js';

/** Something that happened, as one kind of message says it. */
export interface Told {
  readonly eventId: string;
  readonly kind: MailKind;
  readonly object: { readonly type: ObjectType; readonly id: string };
  readonly organisationId: string | null;
  readonly refs: Refs;
}

/** It, told to somebody. */
export interface ToldTo extends Told {
  readonly userId: string;
}

export interface NewDelivery extends ToldTo, Timing {
  readonly id: string;
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
  /** Those whom the event has not reached yet, by any channel, in their order. */
  async untold<Each extends Pick<ToldTo, 'eventId' | 'userId'>>(query: Query, told: readonly Each[]): Promise<readonly Each[]> {
    const rows = await query<{ position: number }>(
      `SELECT position::int FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS t (event_id, user_id, position)
       WHERE NOT EXISTS (SELECT FROM deliveries d WHERE d.event_id = t.event_id AND d.user_id = t.user_id)
         AND NOT EXISTS (SELECT FROM inbox_messages i WHERE i.event_id = t.event_id AND i.user_id = t.user_id)
       ORDER BY position`,
      [told.map(({ eventId }) => eventId), told.map(({ userId }) => userId)],
    );
    return rows.flatMap(({ position }) => told[position - 1] ?? []);
  }

  /**
   * Adds the mails, but to those who have theirs for that event. Gives the new ones: those that leave now are a mail by themselves, the others
   * wait for `ReleaseMail`.
   */
  queue(query: Query, messages: readonly NewDelivery[], at: Date): Promise<Queued[]> {
    return query<Queued>(
      `INSERT INTO deliveries (id, event_id, user_id, kind, object_type, object_id, organisation_id, refs, created_at, cadence, due_at, mail_id)
       SELECT id, event_id, user_id, kind, object_type, object_id, organisation_id, refs, $11, cadence, due_at, CASE WHEN due_at <= $11 THEN id END
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::jsonb[], $9::text[], $10::timestamptz[])
         AS d (id, event_id, user_id, kind, object_type, object_id, organisation_id, refs, cadence, due_at)
       ON CONFLICT (event_id, user_id, channel) DO NOTHING
       RETURNING id, mail_id IS NOT NULL AS leaves`,
      [
        messages.map(({ id }) => id),
        messages.map(({ eventId }) => eventId),
        messages.map(({ userId }) => userId),
        messages.map(({ kind }) => kind),
        messages.map(({ object }) => object.type),
        messages.map(({ object }) => object.id),
        messages.map(({ organisationId }) => organisationId),
        messages.map(({ refs }) => JSON.stringify(refs)),
        messages.map(({ cadence }) => cadence),
        messages.map(({ dueAt }) => dueAt),
        at,
      ],
    );
  }

  /** The messages of mails that still have to leave, in the order in which they were told. None of a mail: it has left, or never will. */
  ofMails(query: Query, mailIds: readonly string[]): Promise<(Delivery & { readonly mailId: string })[]> {
    return query(
      `SELECT id, user_id AS "userId", kind, refs, cadence, mail_id AS "mailId" FROM deliveries
       WHERE mail_id = ANY ($1::uuid[]) AND state = 'queued' ORDER BY id`,
      [mailIds],
    );
  }

  async markSent(query: Query, messages: readonly WrittenMessage[], at: Date): Promise<void> {
    await query(
      `UPDATE deliveries d SET state = 'sent', subject = m.subject, sent_at = $3 FROM unnest($1::uuid[], $2::text[]) AS m (id, subject)
       WHERE d.id = m.id AND d.state = 'queued'`,
      [messages.map(({ id }) => id), messages.map(({ subject }) => subject), at],
    );
  }

  /** `reason` holds no address (`describeFailure`). */
  async markFailed(query: Query, messages: readonly WrittenMessage[], reason: string): Promise<void> {
    await query(
      `UPDATE deliveries d SET state = 'failed', subject = m.subject, failure = $3 FROM unnest($1::uuid[], $2::text[]) AS m (id, subject)
       WHERE d.id = m.id AND d.blanked_at IS NULL`,
      [messages.map(({ id }) => id), messages.map(({ subject }) => subject), reason],
    );
  }

  /** What waits in that mail will not leave. The id comes from an event that could not be handled, and may be none. */
  async giveUp(query: Query, mailId: unknown, reason: string): Promise<void> {
    await query(`UPDATE deliveries SET state = 'failed', failure = $2 WHERE mail_id::text = $1::text AND state = 'queued'`, [
      mailId,
      reason,
    ]);
  }

  async markCancelled(query: Query, ids: readonly string[]): Promise<void> {
    await query(`UPDATE deliveries SET state = 'cancelled' WHERE id = ANY ($1::uuid[])`, [ids]);
  }

  /** Marks what had left in that mail as come back. Of a blanked message, no words are kept any more. */
  async markBounced(query: Query, mailId: string, reason: string): Promise<void> {
    await query(
      `UPDATE deliveries SET state = 'bounced', failure = CASE WHEN blanked_at IS NULL THEN $2 ELSE '' END WHERE mail_id = $1 AND state = 'sent'`,
      [mailId, reason],
    );
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
