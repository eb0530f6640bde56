import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { RoleRequired, visibleScopes } from '../../../platform/auth/authorizer.js';
import { partByPart } from '../../../platform/database/part-by-part.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { assertEachActOnce, type ActBatchVerb, type BatchedAct, type BatchedActResult } from '../domain/act-batch.js';
import type { Act } from '../domain/act.js';
import { ActBatchRepository } from '../persistence/act-batch.repository.js';

/** What is done to each act of a batch, by who holds the permission somewhere. */
export interface BatchOf<Item> {
  readonly verb: ActBatchVerb;
  readonly permission: 'act.sign' | 'act.notify';
  readonly one: (tx: Tx, item: Item) => Promise<Act>;
}

/**
 * Many acts, a transaction each, by the very rules of one: a refused act stops no other. The act that an Idempotency-Key is spent on stores the
 * batch; each act of it then writes what became of it together with its own effects. Asked again under its key, the batch goes on with the acts
 * that nothing became of yet, after a crash too, and answers the same for the others.
 */
@Injectable()
export class ActBatches {
  constructor(
    private readonly work: UnitOfWork,
    private readonly batches: ActBatchRepository,
  ) {}

  /** @throws Forbidden when the actor does it nowhere, ActTwiceInBatch */
  async carryOut<Item extends BatchedAct>(
    items: readonly Item[],
    { verb, permission, one }: BatchOf<Item>,
    actor: Actor,
  ): Promise<readonly BatchedActResult[]> {
    if (visibleScopes(actor, permission).length === 0) throw new RoleRequired(permission);
    assertEachActOnce(items);
    const batchId = await this.work.run(actor, (tx) => {
      const id = newId();
      this.batches.create(tx, { id, verb, askedBy: actor.id }, items);
      tx.audit('act-batch.asked', { type: 'act-batch', id }, null, { verb, acts: items.length });
      return Promise.resolve(id);
    });
    const pending = await this.batches.pending(this.work.read, batchId);
    const left = items.filter(({ actId }) => pending.has(actId));
    await partByPart(this.work, actor, left, {
      lockPending: (query, { actId }) => this.batches.lockPending(query, batchId, actId),
      carryOut: async (tx, item) => {
        const { version } = await one(tx, item);
        this.batches.settle(tx, batchId, { actId: item.actId, status: 'done', version, code: null, detail: null });
      },
      refuse: (tx, { actId }, why) => {
        this.batches.settle(tx, batchId, { actId, status: 'refused', ...why });
      },
    });
    return this.batches.results(this.work.read, batchId);
  }
}
