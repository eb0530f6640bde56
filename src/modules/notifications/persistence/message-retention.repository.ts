import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';
import { CODES_AT_HEAD } from '../domain/smtp-reply.js';

/** Mails, and inbox messages, that one transaction deals with at most. */
export const PART = 5_000;

/** Put in an inbox by that day, in Paris. */
const putInBy = (day: string): string => `m.created_at < ((${day}::date + 1)::timestamp AT TIME ZONE 'Europe/Paris')`;
/** Sent by that day. What never left counts from when it should have; none leaves before it is made, which the index knows. */
const sentBy = (day: string): string =>
  `${putInBy(day)} AND coalesce(m.sent_at, m.due_at, m.created_at) < ((${day}::date + 1)::timestamp AT TIME ZONE 'Europe/Paris')`;

const naming = (ref: string): string => `m.refs ->> '${ref}' IN (SELECT id FROM notified_erased_names WHERE ref = '${ref}')`;
/** To someone whose account is erased, or with their name: who asks to join, who writes, who invites. */
const OF_ERASED = `(m.user_id IN (SELECT id FROM notified_erased_people) OR ${naming('membershipId')} OR ${naming('messageId')}
  OR (m.kind = 'invitation' AND ${naming('userId')}))`;

/** The oldest of those. What somebody holds is left to the next time. */
const oldest = (table: string, condition: string): string =>
  `SELECT m.id FROM ${table} m WHERE ${condition} ORDER BY m.created_at, m.id LIMIT ${PART} FOR UPDATE SKIP LOCKED`;

const blankMails = (condition: string): string =>
  `UPDATE deliveries d SET subject = NULL, failure = CASE WHEN failure IS NOT NULL THEN '' END, blanked_at = $1
   FROM (${oldest('deliveries', `m.blanked_at IS NULL AND m.state <> 'queued' AND ${condition}`)}) AS o WHERE d.id = o.id RETURNING d.mail_id AS id`;
const blankInboxes = (condition: string): string =>
  `UPDATE inbox_messages i SET subject = NULL, summary = NULL, blanked_at = $1
   FROM (${oldest('inbox_messages', `m.blanked_at IS NULL AND ${condition}`)}) AS o WHERE i.id = o.id RETURNING i.id`;
const remove = (table: string, condition: string, given: string): string =>
  `DELETE FROM ${table} d USING (${oldest(table, `m.blanked_at IS NOT NULL AND ${condition}`)}) AS o WHERE d.id = o.id RETURNING d.${given} AS id`;

interface Row {
  /** Null: of what was cancelled before it was put in a mail. */
  readonly id: string | null;
}

/** The end of what was told. */
@Injectable()
export class MessageRetentionRepository {
  /** One replica at a time, until its transaction ends: two that each remove half of a mail would both leave its answers to the other. */
  async queueUp(query: Query): Promise<void> {
    await query(`SELECT pg_advisory_xact_lock(hashtextextended('message-retention', 0))`);
  }

  /** Gives how many messages. */
  blankSentBy(query: Query, day: Day, at: Date): Promise<number> {
    return this.blank(query, [at, day], { mails: sentBy('$2'), inboxes: putInBy('$2') });
  }

  /** Gives how many messages. */
  blankOfErased(query: Query, at: Date): Promise<number> {
    return this.blank(query, [at], { mails: OF_ERASED, inboxes: OF_ERASED });
  }

  /** Of what has no words any more. Gives how many messages. */
  async removeSentBy(query: Query, day: Day): Promise<number> {
    const mails = await query<Row>(remove('deliveries', sentBy('$1'), 'mail_id'), [day]);
    const inboxes = await query<Row>(remove('inbox_messages', putInBy('$1'), 'id'), [day]);
    for (const answers of ['mail_attempts', 'mail_bounces']) {
      await query(
        `DELETE FROM ${answers} a WHERE a.mail_id = ANY ($1::uuid[]) AND NOT EXISTS (SELECT FROM deliveries d WHERE d.mail_id = a.mail_id)`,
        [idsOf(mails)],
      );
    }
    return mails.length + inboxes.length;
  }

  private async blank(query: Query, params: readonly unknown[], conditions: { mails: string; inboxes: string }): Promise<number> {
    const mails = await query<Row>(blankMails(conditions.mails), params);
    const inboxes = await query<Row>(blankInboxes(conditions.inboxes), params);
    await this.keepCodes(query, idsOf(mails));
    return mails.length + inboxes.length;
  }

  /** Of what servers answered about those mails, and of what came back; a mail that still waits keeps its answers. */
  private async keepCodes(query: Query, mailIds: readonly string[]): Promise<void> {
    const done = `a.mail_id = ANY ($1::uuid[]) AND NOT EXISTS (SELECT FROM deliveries d WHERE d.mail_id = a.mail_id AND d.state = 'queued')`;
    await query(`UPDATE mail_attempts a SET reply = coalesce(substring(a.reply FROM $2), '') WHERE ${done}`, [
      mailIds,
      `(${CODES_AT_HEAD.source})`,
    ]);
    await query(`UPDATE mail_bounces a SET diagnostic = '' WHERE ${done}`, [mailIds]);
  }
}

function idsOf(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.flatMap(({ id }) => id ?? []))];
}
