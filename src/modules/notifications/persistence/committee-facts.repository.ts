import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';
import type { CallRef } from '../domain/mail-data.js';

export interface SessionFacts {
  readonly state: string;
  readonly title: string;
  readonly call: CallRef;
  readonly heldOn: Day;
  readonly place: string | null;
  readonly quorum: number;
  readonly lineCount: number;
  /** Null as long as its minutes are not frozen. */
  readonly contentHash: string | null;
}

/** What messages say of a committee. */
@Injectable()
export class CommitteeFactsRepository {
  async session(query: Query, id: string): Promise<SessionFacts | null> {
    const [row] = await query<SessionFacts>(
      `SELECT state, title, json_build_object('title', call_title, 'year', call_year) AS call, held_on AS "heldOn", place, quorum,
              line_count AS "lineCount", content_hash AS "contentHash"
       FROM notified_committees WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** Organisations on its agenda that this person may not judge, by name. */
  async recusals(query: Query, committeeId: string, userId: string): Promise<readonly string[]> {
    const rows = await query<{ name: string }>(
      `SELECT DISTINCT o.organisation_name AS name
       FROM notified_committee_organisations o JOIN notified_recusals r USING (organisation_id)
       WHERE o.committee_id = $1 AND r.user_id = $2 ORDER BY 1`,
      [committeeId, userId],
    );
    return rows.map(({ name }) => name);
  }

  async mayReadMinutes(query: Query, userId: string): Promise<boolean> {
    const rows = await query(`SELECT 1 FROM notified_staff WHERE user_id = $1 AND role IN ('coordinator', 'auditor') LIMIT 1`, [userId]);
    return rows.length > 0;
  }
}
