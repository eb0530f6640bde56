import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';
import type { CallRef, DossierRef, DossierToDecide, SilentRequest } from '../domain/mail-data.js';

export interface LapsedComplementFacts extends DossierRef {
  readonly dossierId: string;
  readonly reason: string;
  readonly dueOn: Day;
  readonly implicitRejectionOn: Day;
}

export interface RejectedDossierFacts extends DossierRef {
  readonly implicitRejectionOn: Day;
}

const DOSSIER = `dossier_id AS "dossierId", dossier_number AS number, dossier_title AS title, organisation_name AS organisation`;

/** What messages say of who did not answer in time. */
@Injectable()
export class SilenceFactsRepository {
  /** Null for a request that did not lapse, or whose dossier awaits nothing any more. */
  async lapsedComplement(query: Query, id: string): Promise<LapsedComplementFacts | null> {
    const [row] = await query<LapsedComplementFacts>(
      `SELECT ${DOSSIER}, reason, due_on AS "dueOn", implicit_rejection_on AS "implicitRejectionOn" FROM notified_lapsed_complements WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  async call(query: Query, id: string): Promise<CallRef | null> {
    const [row] = await query<CallRef>('SELECT title, year FROM notified_calls WHERE id = $1', [id]);
    return row ?? null;
  }

  /** The call's dossiers of which this person can break the silence, that it rejects between those days. */
  toDecide(query: Query, userId: string, callId: string, from: Day, until: Day): Promise<DossierToDecide[]> {
    return query(
      `SELECT DISTINCT dossier_number AS number, dossier_title AS title, organisation_name AS organisation,
              implicit_rejection_on AS "implicitRejectionOn", dossier_state = 'submitted' AS "awaitsAdmissibility"
       FROM notified_silent_lines l JOIN notified_silence_breakers b USING (funding_line_id)
       WHERE b.user_id = $1 AND l.call_id = $2 AND l.implicit_rejection_on BETWEEN $3 AND $4
       ORDER BY implicit_rejection_on, dossier_number`,
      [userId, callId, from, until],
    );
  }

  /** Null once nothing of it is left without an answer, or as long as its day has not come. */
  async rejected(query: Query, dossierId: string, today: Day): Promise<RejectedDossierFacts | null> {
    const [row] = await query<RejectedDossierFacts>(
      `SELECT dossier_number AS number, dossier_title AS title, organisation_name AS organisation, implicit_rejection_on AS "implicitRejectionOn"
       FROM notified_silent_lines WHERE dossier_id = $1 AND implicit_rejection_on <= $2 LIMIT 1`,
      [dossierId, today],
    );
    return row ?? null;
  }

  silentRequests(query: Query, dossierId: string): Promise<SilentRequest[]> {
    return query(
      `SELECT action_title AS "actionTitle", funder_name AS funder, scheme, year, requested_cents AS "requestedCents"
       FROM notified_silent_lines WHERE dossier_id = $1 ORDER BY action_position, funder_name, scheme NULLS FIRST, funding_line_id`,
      [dossierId],
    );
  }
}
