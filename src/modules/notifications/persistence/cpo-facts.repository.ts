import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { CpoRenewal, TrancheToConfirm } from '../domain/mail-data.js';

export type CpoFacts = Omit<CpoRenewal, 'recipientName' | 'link'> & { readonly state: string };

export interface TrancheFacts extends Pick<TrancheToConfirm, 'year' | 'amountCents' | 'isReserved'> {
  readonly isConfirmed: boolean;
  readonly isAnnounced: boolean;
}

/** What messages say of multi-year agreements. */
@Injectable()
export class CpoFactsRepository {
  async cpo(query: Query, id: string): Promise<CpoFacts | null> {
    const [row] = await query<CpoFacts>(
      `SELECT state, organisation_name AS organisation, funder_name AS funder, reference, dossier_number AS "dossierNumber",
              action_title AS "actionTitle", first_year AS "firstYear", last_year AS "lastYear"
       FROM notified_cpos WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  async tranche(query: Query, cpoId: string, year: string): Promise<TrancheFacts | null> {
    const [row] = await query<TrancheFacts>(
      `SELECT year, amount_cents AS "amountCents", is_reserved AS "isReserved", is_confirmed AS "isConfirmed", is_announced AS "isAnnounced"
       FROM notified_tranches WHERE cpo_id = $1 AND year = $2::text::integer`,
      [cpoId, year],
    );
    return row ?? null;
  }
}
