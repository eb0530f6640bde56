import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';
import type { CallRef, DossierRef, EnvelopeNearlyUsed, OpinionGiven } from '../domain/mail-data.js';
import type { Days } from '../domain/morning-round.js';

export interface CallFacts extends CallRef {
  readonly opensAt: Date;
  readonly closesAt: Date;
}

/** What those days brought in a call, for one person. */
interface Brought {
  readonly callId: string;
  readonly days: Days;
  readonly userId: string;
}

const CALL = `json_build_object('title', call_title, 'year', call_year) AS call`;

/** What messages say to who steers: opinions, envelopes, calls. */
@Injectable()
export class SteeringFactsRepository {
  /** Opinions of those days in force, but for the organisations that this person may not judge. */
  opinions(query: Query, { callId, days, userId }: Brought): Promise<(OpinionGiven & { call: CallRef; givenOn: Day })[]> {
    return query(
      `SELECT ${CALL}, dossier_number AS "dossierNumber", action_title AS "actionTitle", funder_name AS funder, role, opinion,
              given_on AS "givenOn"
       FROM notified_opinions o
       WHERE call_id = $1 AND given_on BETWEEN $2 AND $3
         AND NOT EXISTS (SELECT FROM notified_recusals r WHERE r.user_id = $4 AND r.organisation_id = o.organisation_id)
       ORDER BY dossier_number, action_title, funder_name, id`,
      [callId, days.from, days.until, userId],
    );
  }

  /** Dossiers filed on those days that this person instructs, and of which nobody has dealt with the admissibility. */
  readonly dossiersFiled = (query: Query, { callId, days, userId }: Brought): Promise<(DossierRef & { call: CallRef })[]> =>
    query(
      `SELECT ${CALL}, d.dossier_number AS number, d.dossier_title AS title, d.organisation_name AS organisation
       FROM notified_filed_dossiers d JOIN notified_filed_dossier_instructors i USING (dossier_id)
       WHERE d.call_id = $1 AND d.filed_on BETWEEN $2 AND $3 AND i.user_id = $4
       ORDER BY d.dossier_number`,
      [callId, days.from, days.until, userId],
    );

  /** Dossiers found admissible on those days on which this person may still give an opinion. */
  readonly dossiersToJudge = (query: Query, { callId, days, userId }: Brought): Promise<(DossierRef & { call: CallRef })[]> =>
    query(
      `SELECT DISTINCT ON (l.dossier_number) ${CALL}, l.dossier_number AS number, l.dossier_title AS title, l.organisation_name AS organisation
       FROM notified_lines_to_judge l JOIN notified_opinion_givers g USING (funding_line_id)
       WHERE l.call_id = $1 AND l.admissible_on BETWEEN $2 AND $3 AND g.user_id = $4
         AND NOT EXISTS (SELECT FROM notified_opinions_of o WHERE o.funding_line_id = l.funding_line_id AND o.author_id = $4)
       ORDER BY l.dossier_number`,
      [callId, days.from, days.until, userId],
    );

  async envelope(query: Query, id: string): Promise<Omit<EnvelopeNearlyUsed, 'recipientName' | 'link'> | null> {
    const [row] = await query<Omit<EnvelopeNearlyUsed, 'recipientName' | 'link'>>(
      `SELECT funder_name AS funder, programme, year, place_name AS place, ceiling_cents AS "ceilingCents", used_cents AS "usedCents"
       FROM notified_envelopes WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  async call(query: Query, id: string): Promise<CallFacts | null> {
    const [row] = await query<CallFacts>(
      'SELECT title, year, opens_at AS "opensAt", closes_at AS "closesAt" FROM notified_calls WHERE id = $1',
      [id],
    );
    return row ?? null;
  }
}
