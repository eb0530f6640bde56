import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ReviewDecision } from '../domain/report.js';
import type { Settlement } from '../domain/unspent.js';

/** What the people of a funder said of a report, for one of its lines. */
export interface Review {
  readonly id: string;
  readonly fundingLineId: string;
  readonly decision: ReviewDecision;
  readonly reason: string | null;
  readonly reviewedAt: Date;
  /** Of an acceptance. */
  readonly settlement: Settlement | null;
}

type Stored = Omit<Review, 'settlement'> & {
  readonly earnedCents: Settlement['earnedCents'] | null;
  readonly overFinancingCents: Settlement['earnedCents'] | null;
};

const COLUMNS = `v.id, v.funding_line_id AS "fundingLineId", v.decision, v.reason, v.reviewed_at AS "reviewedAt", v.earned_cents AS "earnedCents",
  v.over_financing_cents AS "overFinancingCents"`;

@Injectable()
export class ReviewRepository {
  /** The oldest first: the last one of a line is what its funder says now. */
  async ofReport(query: Query, reportId: string): Promise<Review[]> {
    return (await query<Stored>(`SELECT ${COLUMNS} FROM report_reviews v WHERE v.report_id = $1 ORDER BY v.id`, [reportId])).map(toReview);
  }

  /** The one that accepted the report of a line, with the kind of the report; null before. */
  async accepted(query: Query, lineId: string): Promise<{ readonly settlement: Settlement; readonly isFinal: boolean } | null> {
    const [row] = await query<Settlement & { isFinal: boolean }>(
      `SELECT v.earned_cents AS "earnedCents", v.over_financing_cents AS "overFinancingCents", r.kind = 'final' AS "isFinal"
       FROM report_reviews v JOIN reports r ON r.id = v.report_id WHERE v.funding_line_id = $1 AND v.decision = 'accept'`,
      [lineId],
    );
    if (!row) return null;
    const { isFinal, ...settlement } = row;
    return { settlement, isFinal };
  }

  add(tx: Tx, reportId: string, review: Omit<Review, 'id' | 'reviewedAt'>, by: string): void {
    const { fundingLineId, decision, reason, settlement } = review;
    tx.write(
      `INSERT INTO report_reviews (id, report_id, funding_line_id, decision, reason, earned_cents, over_financing_cents, reviewed_by, reviewed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        newId(),
        reportId,
        fundingLineId,
        decision,
        reason,
        settlement?.earnedCents ?? null,
        settlement?.overFinancingCents ?? null,
        by,
        tx.at,
      ],
    );
  }
}

function toReview({ earnedCents, overFinancingCents, ...review }: Stored): Review {
  return { ...review, settlement: earnedCents === null || overFinancingCents === null ? null : { earnedCents, overFinancingCents } };
}
