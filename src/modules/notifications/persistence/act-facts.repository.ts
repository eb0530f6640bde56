import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { ActNotified, ActToSign, CallRef, NotifiedTranche } from '../domain/mail-data.js';

export type ActFacts = Omit<ActNotified, 'recipientName' | 'link'>;

export interface ActToSignFacts extends ActToSign {
  readonly call: CallRef;
  readonly funder: string;
}

export interface TrancheFacts extends Omit<NotifiedTranche, 'reportAcceptedOn'> {
  readonly reportAcceptedAt: Date;
}

/** What messages say of acts. */
@Injectable()
export class ActFactsRepository {
  async act(query: Query, id: string): Promise<ActFacts | null> {
    const [row] = await query<ActFacts>(
      `SELECT number, kind, organisation_name AS organisation, funder_name AS funder, year, amount_cents AS "amountCents", signed_on AS "signedOn",
              notified_on AS "notifiedOn"
       FROM notified_acts WHERE id = $1 AND kind <> 'refusal-letter'`,
      [id],
    );
    return row ?? null;
  }

  /** What waits for a signature, but for the organisations that this person may not judge; in the order of numbers. */
  toSign(query: Query, of: { readonly callId: string; readonly funderId: string; readonly userId: string }): Promise<ActToSignFacts[]> {
    return query(
      `SELECT a.number, a.kind, a.organisation_name AS organisation, a.amount_cents AS "amountCents", a.funder_name AS funder,
              json_build_object('title', a.call_title, 'year', a.call_year) AS call
       FROM notified_acts_to_sign a
       WHERE a.call_id = $1 AND a.funder_id = $2
         AND EXISTS (SELECT FROM notified_funder_people p WHERE p.funder_id = a.funder_id AND p.user_id = $3)
         AND NOT EXISTS (SELECT FROM notified_recusals r WHERE r.user_id = $3 AND r.organisation_id = a.organisation_id)
       ORDER BY a.number`,
      [of.callId, of.funderId, of.userId],
    );
  }

  /** The later years of agreements over several years that an act notifies, in the order of their actions. */
  tranches(query: Query, actId: string): Promise<TrancheFacts[]> {
    return query<TrancheFacts>(
      `SELECT reference, action_title AS action, rank, years, year, amount_cents AS "amountCents", report_year AS "reportYear",
              report_accepted_at AS "reportAcceptedAt"
       FROM notified_act_tranches WHERE act_id = $1 ORDER BY action_title, reference, year`,
      [actId],
    );
  }
}
