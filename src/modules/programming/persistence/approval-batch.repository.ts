import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { BatchedApproval, BatchedResult } from '../domain/approval-batch.js';

@Injectable()
export class ApprovalBatchRepository {
  create(tx: Tx, id: string, askedBy: string, lines: readonly BatchedApproval[]): void {
    tx.write('INSERT INTO approval_batches (id, asked_by, asked_at) VALUES ($1, $2, $3)', [id, askedBy, tx.at]);
    tx.write(
      `INSERT INTO approval_batch_lines (batch_id, rank, line_id, version, amount_cents)
       SELECT $1, rank, line, version, amount
       FROM unnest($2::uuid[], $3::integer[], $4::bigint[]) WITH ORDINALITY AS l (line, version, amount, rank)`,
      [id, lines.map(({ lineId }) => lineId), lines.map(({ version }) => version), lines.map(({ amountCents }) => amountCents)],
    );
  }

  /** The lines that nothing became of yet, in the order of their ids, as everywhere lines are locked. */
  pending(query: Query, batchId: string): Promise<BatchedApproval[]> {
    return query<BatchedApproval>(
      `SELECT line_id AS "lineId", version, amount_cents AS "amountCents" FROM approval_batch_lines
       WHERE batch_id = $1 AND status IS NULL ORDER BY line_id`,
      [batchId],
    );
  }

  /** False when something became of the line meanwhile. Locks it against the same batch, asked twice. */
  async lockPending(query: Query, batchId: string, lineId: string): Promise<boolean> {
    const rows = await query(
      'SELECT 1 FROM approval_batch_lines WHERE batch_id = $1 AND line_id = $2 AND status IS NULL FOR NO KEY UPDATE',
      [batchId, lineId],
    );
    return rows.length > 0;
  }

  settle(tx: Tx, batchId: string, { lineId, status, version, code, detail }: BatchedResult): void {
    tx.write(
      `UPDATE approval_batch_lines SET status = $3, line_version = $4, code = $5, detail = $6
       WHERE batch_id = $1 AND line_id = $2 AND status IS NULL`,
      [batchId, lineId, status, version, code, detail],
    );
  }

  /** In the order in which they were asked for. */
  results(query: Query, batchId: string): Promise<BatchedResult[]> {
    return query<BatchedResult>(
      `SELECT line_id AS "lineId", status, line_version AS version, code, detail FROM approval_batch_lines WHERE batch_id = $1 ORDER BY rank`,
      [batchId],
    );
  }
}
