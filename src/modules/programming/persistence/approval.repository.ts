import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { FirstApproval, GivenApproval } from '../domain/first-approval.js';

@Injectable()
export class ApprovalRepository {
  /** The one that waits for a second person. Read once the line is locked, it is what those who held the lock left. */
  async first(query: Query, lineId: string): Promise<FirstApproval | null> {
    const [first] = await query<FirstApproval>(
      `SELECT approver_id AS "approverId", amount_cents AS "amountCents", at FROM first_approvals WHERE funding_line_id = $1 AND ended_at IS NULL`,
      [lineId],
    );
    return first ?? null;
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

  /** The line is granted: the first approval, if one waits, was seconded by someone, or was needed no more. */
  end(tx: Tx, lineId: string, secondedBy: string | null): void {
    tx.write(
      `UPDATE first_approvals SET ended_at = $2, outcome = CASE WHEN $3::uuid IS NULL THEN 'replaced' ELSE 'seconded' END, seconded_by = $3
       WHERE funding_line_id = $1 AND ended_at IS NULL`,
      [lineId, tx.at, secondedBy],
    );
  }
}
