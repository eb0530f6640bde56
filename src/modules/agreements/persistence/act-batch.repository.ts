import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ActBatchVerb, BatchedAct, BatchedActResult } from '../domain/act-batch.js';

@Injectable()
export class ActBatchRepository {
  create(tx: Tx, batch: { id: string; verb: ActBatchVerb; askedBy: string }, items: readonly BatchedAct[]): void {
    tx.write('INSERT INTO act_batches (id, verb, asked_by, asked_at) VALUES ($1, $2, $3, $4)', [
      batch.id,
      batch.verb,
      batch.askedBy,
      tx.at,
    ]);
    tx.write(
      `INSERT INTO act_batch_items (batch_id, rank, act_id, version)
       SELECT $1, rank, act, version FROM unnest($2::uuid[], $3::integer[]) WITH ORDINALITY AS i (act, version, rank)`,
      [batch.id, items.map(({ actId }) => actId), items.map(({ version }) => version)],
    );
  }

  /** The acts that nothing became of yet. */
  async pending(query: Query, batchId: string): Promise<ReadonlySet<string>> {
    const rows = await query<{ actId: string }>('SELECT act_id AS "actId" FROM act_batch_items WHERE batch_id = $1 AND status IS NULL', [
      batchId,
    ]);
    return new Set(rows.map(({ actId }) => actId));
  }

  /** False when something became of the act meanwhile. Locks it against the same batch, asked twice. */
  async lockPending(query: Query, batchId: string, actId: string): Promise<boolean> {
    const rows = await query('SELECT 1 FROM act_batch_items WHERE batch_id = $1 AND act_id = $2 AND status IS NULL FOR NO KEY UPDATE', [
      batchId,
      actId,
    ]);
    return rows.length > 0;
  }

  settle(tx: Tx, batchId: string, { actId, status, version, code, detail }: BatchedActResult): void {
    tx.write(
      `UPDATE act_batch_items SET status = $3, act_version = $4, code = $5, detail = $6
       WHERE batch_id = $1 AND act_id = $2 AND status IS NULL`,
      [batchId, actId, status, version, code, detail],
    );
  }

  /** In the order in which they were asked for. */
  results(query: Query, batchId: string): Promise<BatchedActResult[]> {
    return query<BatchedActResult>(
      `SELECT act_id AS "actId", status, act_version AS version, code, detail FROM act_batch_items WHERE batch_id = $1 ORDER BY rank`,
      [batchId],
    );
  }
}
