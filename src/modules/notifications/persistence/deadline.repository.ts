import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';

/** What is due, and who must see to it. */
export interface PersonsDeadline {
  readonly userId: string;
  readonly dueOn: Day;
}

export interface RejectedDossier {
  readonly dossierId: string;
  readonly organisationId: string;
}

/** The deadlines that the clock follows. In one order, so that replicas that tick at once queue up. */
@Injectable()
export class DeadlineRepository {
  /** Calls some request of which silence will reject between those days. */
  async silentCalls(query: Query, from: Day, until: Day): Promise<readonly string[]> {
    const rows = await query<{ id: string }>(
      'SELECT DISTINCT call_id AS id FROM notified_silent_lines WHERE implicit_rejection_on BETWEEN $1 AND $2 ORDER BY 1',
      [from, until],
    );
    return rows.map(({ id }) => id);
  }

  silenceBreakers(query: Query, callId: string, from: Day, until: Day): Promise<PersonsDeadline[]> {
    return query(
      `SELECT DISTINCT b.user_id AS "userId", l.implicit_rejection_on AS "dueOn"
       FROM notified_silent_lines l JOIN notified_silence_breakers b USING (funding_line_id)
       WHERE l.call_id = $1 AND l.implicit_rejection_on BETWEEN $2 AND $3 ORDER BY 1, 2`,
      [callId, from, until],
    );
  }

  /** Dossiers of which silence became a rejection between those days, the oldest first. */
  rejectedDossiers(query: Query, from: Day, until: Day): Promise<RejectedDossier[]> {
    return query(
      `SELECT DISTINCT dossier_id AS "dossierId", organisation_id AS "organisationId", implicit_rejection_on
       FROM notified_silent_lines WHERE implicit_rejection_on BETWEEN $1 AND $2 ORDER BY implicit_rejection_on, dossier_id`,
      [from, until],
    );
  }

  paymentsDue(query: Query, from: Day, until: Day): Promise<PersonsDeadline[]> {
    return query(
      `SELECT DISTINCT user_id AS "userId", due_on AS "dueOn" FROM notified_payments_due WHERE due_on BETWEEN $1 AND $2 ORDER BY 1, 2`,
      [from, until],
    );
  }

  /** Who was told of which of these events, by whichever channel. */
  toldOf(query: Query, eventIds: readonly string[]): Promise<{ readonly eventId: string; readonly userId: string }[]> {
    return query(
      `SELECT event_id AS "eventId", user_id AS "userId" FROM deliveries WHERE event_id = ANY ($1::uuid[])
       UNION
       SELECT event_id, user_id FROM inbox_messages WHERE event_id = ANY ($1::uuid[])`,
      [eventIds],
    );
  }
}
