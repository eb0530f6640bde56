import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { RoleRequired, visibleScopes } from '../../../platform/auth/authorizer.js';
import { partByPart } from '../../../platform/database/part-by-part.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { assertOnceEach, type BatchedApproval, type BatchedResult } from '../domain/approval-batch.js';
import { ApprovalBatchRepository } from '../persistence/approval-batch.repository.js';
import { LineApproval } from './line-approval.js';

/**
 * Approves many lines, a transaction each, by the very rules of one: a refused line stops no other. The act that an Idempotency-Key is spent on
 * stores the batch; each line then writes what became of it together with its approval. Asked again under its key, the batch goes on with the
 * lines that nothing became of yet, after a crash too, and answers the same for the others.
 */
@Injectable()
export class ApproveBatch {
  constructor(
    private readonly work: UnitOfWork,
    private readonly batches: ApprovalBatchRepository,
    private readonly approval: LineApproval,
  ) {}

  /** @throws Forbidden when the actor approves nowhere, LineTwiceInBatch */
  async execute(lines: readonly BatchedApproval[], actor: Actor): Promise<readonly BatchedResult[]> {
    if (visibleScopes(actor, 'funding-line.approve').length === 0) throw new RoleRequired('funding-line.approve');
    assertOnceEach(lines);
    const batchId = await this.work.run(actor, (tx) => {
      const id = newId();
      this.batches.create(tx, id, actor.id, lines);
      tx.audit('approval-batch.asked', { type: 'approval-batch', id }, null, { lines: lines.length });
      return Promise.resolve(id);
    });
    const pending = await this.batches.pending(this.work.read, batchId);
    await partByPart(this.work, actor, pending, {
      lockPending: (query, { lineId }) => this.batches.lockPending(query, batchId, lineId),
      carryOut: async (tx, line) => {
        const { version, firstApproval } = await this.approval.within(tx, line, actor);
        const status = firstApproval === null ? 'approved' : 'awaiting-second-approval';
        this.batches.settle(tx, batchId, { lineId: line.lineId, status, version, code: null, detail: null });
      },
      refuse: (tx, { lineId }, why) => {
        this.batches.settle(tx, batchId, { lineId, status: 'refused', ...why });
      },
    });
    return this.batches.results(this.work.read, batchId);
  }
}
