import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';
import type { CallRef, DossierRef, EnvelopeNearlyUsed, OpinionGiven } from '../domain/mail-data.js';

export interface CallFacts extends CallRef {
  readonly opensAt: Date;
  readonly closesAt: Date;
}

const CALL = `json_build_object('title', call_title, 'year', call_year) AS call`;

/** What messages say to who steers: opinions, envelopes, calls. */
@Injectable()
export class SteeringFactsRepository {
  /** Opinions of that day in force, but for the organisations that this person may not judge. */
  opinions(query: Query, of: { callId: string; day: Day; userId: string }): Promise<(OpinionGiven & { call: CallRef })[]> {
    return query(
      `SELECT ${CALL}, dossier_number AS "dossierNumber", action_title AS "actionTitle", funder_name AS funder, role, opinion
       FROM notified_opinions o
       WHERE call_id = $1 AND given_on = $2
         AND NOT EXISTS (SELECT FROM notified_recusals r WHERE r.user_id = $3 AND r.organisation_id = o.organisation_id)
       ORDER BY dossier_number, action_title, funder_name, id`,
      [of.callId, of.day, of.userId],
    );
  }

  /** Dossiers found admissible that day on which this person may still give an opinion. */
  dossiersToJudge(query: Query, of: { callId: string; day: Day; userId: string }): Promise<(DossierRef & { call: CallRef })[]> {
    return query(
      `SELECT DISTINCT ON (l.dossier_number) ${CALL}, l.dossier_number AS number, l.dossier_title AS title, l.organisation_name AS organisation
       FROM notified_lines_to_judge l JOIN notified_opinion_givers g USING (funding_line_id)
       WHERE l.call_id = $1 AND l.admissible_on = $2 AND g.user_id = $3
         AND NOT EXISTS (SELECT FROM notified_opinions_of o WHERE o.funding_line_id = l.funding_line_id AND o.author_id = $3)
       ORDER BY l.dossier_number`,
      [of.callId, of.day, of.userId],
    );
  }

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
