import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';
import { OPENING_TOLD_DAYS } from '../domain/closing-reminder.js';
import { EASED_PERCENT, NEARLY_USED_PERCENT } from '../domain/envelope-alert.js';

interface OfUser {
  readonly userId: string;
}

/** What the clock finds to remind of, and whom. In one order, so that replicas that tick at once queue up. */
@Injectable()
export class ReminderRepository {
  /** The days, among those, on which some report that nobody submitted is due. */
  async reportDays(query: Query, from: Day, until: Day): Promise<readonly Day[]> {
    const rows = await query<{ day: Day }>(
      'SELECT DISTINCT due_on AS day FROM notified_reports_due WHERE due_on BETWEEN $1 AND $2 ORDER BY 1',
      [from, until],
    );
    return rows.map(({ day }) => day);
  }

  /** Editors and signatories of who owes a report due that day, but for those told already by that event. */
  async owers(query: Query, dueOn: Day, eventId: string): Promise<readonly string[]> {
    const rows = await query<OfUser>(
      `SELECT DISTINCT m.user_id AS "userId"
       FROM notified_reports_due d JOIN notified_members m USING (organisation_id)
       WHERE d.due_on = $1 AND (m.is_editor OR m.is_signatory)
         AND NOT EXISTS (SELECT FROM deliveries x WHERE x.event_id = $2 AND x.user_id = m.user_id)
       ORDER BY 1`,
      [dueOn, eventId],
    );
    return idsOf(rows);
  }

  /** CPOs that end with that year. */
  async endingCpos(query: Query, year: number): Promise<readonly { id: string; organisationId: string }[]> {
    return query(
      `SELECT id, organisation_id AS "organisationId" FROM notified_cpos WHERE last_year = $1 AND state IN ('signed', 'active') ORDER BY id`,
      [year],
    );
  }

  /** Its organisation's writers, and who decides for its funder. */
  async renewers(query: Query, cpoId: string): Promise<readonly string[]> {
    const rows = await query<OfUser>(
      `SELECT m.user_id AS "userId" FROM notified_cpos c JOIN notified_members m USING (organisation_id) WHERE c.id = $1 AND (m.is_editor OR m.is_signatory)
       UNION
       SELECT j.user_id FROM notified_tranches t JOIN notified_line_judges j USING (funding_line_id) WHERE t.cpo_id = $1 AND t.rank = 1
       ORDER BY 1`,
      [cpoId],
    );
    return idsOf(rows);
  }

  /** Raises an alert on each envelope that came over the threshold, once, and ends those of the envelopes that came back. Gives the new ones. */
  async raiseEnvelopes(query: Query, at: Date): Promise<readonly { id: string; envelopeId: string }[]> {
    await query(
      `UPDATE envelope_alerts a SET eased_at = $1
       WHERE a.eased_at IS NULL
         AND NOT EXISTS (SELECT FROM notified_envelopes e WHERE e.id = a.envelope_id AND e.used_cents * 100 >= e.ceiling_cents * $2)`,
      [at, EASED_PERCENT],
    );
    return query(
      `INSERT INTO envelope_alerts (id, envelope_id, raised_at)
       SELECT gen_random_uuid(), e.id, $1 FROM notified_envelopes e
       WHERE e.ceiling_cents > 0 AND e.used_cents * 100 >= e.ceiling_cents * $2
         AND NOT EXISTS (SELECT FROM envelope_alerts a WHERE a.envelope_id = e.id AND a.eased_at IS NULL)
       ORDER BY e.id
       ON CONFLICT DO NOTHING
       RETURNING id, envelope_id AS "envelopeId"`,
      [at, NEARLY_USED_PERCENT],
    );
  }

  async envelopeKeepers(query: Query, envelopeId: string): Promise<readonly string[]> {
    const rows = await query<OfUser>('SELECT user_id AS "userId" FROM notified_envelope_keepers WHERE envelope_id = $1 ORDER BY 1', [
      envelopeId,
    ]);
    return idsOf(rows);
  }

  /** Editors and signatories who filed in the years before, of organisations that have begun nothing in this call. */
  async idleFollowers(query: Query, callId: string): Promise<readonly string[]> {
    const rows = await query<OfUser>(
      `SELECT DISTINCT m.user_id AS "userId"
       FROM notified_call_followers f JOIN notified_members m USING (organisation_id)
       WHERE f.call_id = $1 AND NOT f.has_begun AND (m.is_editor OR m.is_signatory) ORDER BY 1`,
      [callId],
    );
    return idsOf(rows);
  }

  /** Open calls that opened these last days, after they were published. */
  openedCalls(query: Query, now: Date): Promise<{ callId: string; opensAt: Date }[]> {
    return query(
      `SELECT call_id AS "callId", opens_at AS "opensAt" FROM notified_openings
       WHERE opens_at <= $1 AND closes_at > $1 AND opens_at > $1::timestamptz - make_interval(days => $2) ORDER BY 1`,
      [now, OPENING_TOLD_DAYS],
    );
  }

  /** Open calls that close within that many days. */
  closingCalls(query: Query, now: Date, withinDays: number): Promise<{ callId: string; closesAt: Date }[]> {
    return query(
      `SELECT id AS "callId", date_trunc('milliseconds', closes_at) AS "closesAt" FROM notified_calls
       WHERE opens_at <= $1 AND closes_at > $1 AND closes_at <= $1::timestamptz + make_interval(hours => $2 * 24) ORDER BY 1`,
      [now, withinDays],
    );
  }
}

const idsOf = (rows: readonly OfUser[]): readonly string[] => rows.map(({ userId }) => userId);
