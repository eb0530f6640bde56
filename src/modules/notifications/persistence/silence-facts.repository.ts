import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';
import type { DossierRef } from '../domain/mail-data.js';

export interface LapsedComplementFacts extends DossierRef {
  readonly dossierId: string;
  readonly reason: string;
  readonly dueOn: Day;
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
}
