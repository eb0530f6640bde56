import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ApprovalStanding, FirstApproval, GivenApproval } from '../domain/first-approval.js';

interface StandingRow {
  readonly above: ApprovalStanding['secondApproverAboveCents'];
  readonly approverId: string | null;
  readonly amountCents: FirstApproval['amountCents'] | null;
  readonly at: Date | null;
}

@Injectable()
export class ApprovalRepository {
  /** What an approval of that line finds. Sent right behind the statement that locks the line, it sees what those who held the lock left. */
  async standing(query: Query, lineId: string): Promise<ApprovalStanding> {
    const [row] = await query<StandingRow>(
      `SELECT r.second_approver_above_cents AS above, a.approver_id AS "approverId", a.amount_cents AS "amountCents", a.at
       FROM funding_lines l
       LEFT JOIN approval_rules r ON r.funder_id = l.funder_id
       LEFT JOIN first_approvals a ON a.funding_line_id = l.id AND a.ended_at IS NULL
       WHERE l.id = $1`,
      [lineId],
    );
    if (!row) return { secondApproverAboveCents: null, first: null };
    const { above, approverId, amountCents, at } = row;
    const first = approverId === null || amountCents === null || at === null ? null : { approverId, amountCents, at };
    return { secondApproverAboveCents: above, first };
  }

  /** In the place of the one that may wait already. */
  putFirst(tx: Tx, lineId: string, proposerId: string | null, { approverId, amountCents }: GivenApproval): void {
    tx.write(`UPDATE first_approvals SET ended_at = $2, outcome = 'replaced' WHERE funding_line_id = $1 AND ended_at IS NULL`, [
      lineId,
      tx.at,
    ]);
    tx.write(
      `INSERT INTO first_approvals (id, funding_line_id, proposer_id, approver_id, amount_cents, at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [newId(), lineId, proposerId, approverId, amountCents, tx.at],
    );
  }

  /** The line is granted: the first approval was seconded by someone, or was needed no more. */
  end(tx: Tx, lineId: string, secondedBy: string | null): void {
    tx.write(
      `UPDATE first_approvals SET ended_at = $2, outcome = CASE WHEN $3::uuid IS NULL THEN 'replaced' ELSE 'seconded' END, seconded_by = $3
       WHERE funding_line_id = $1 AND ended_at IS NULL`,
      [lineId, tx.at, secondedBy],
    );
  }
}
