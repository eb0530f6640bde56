import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { BatchedAct, BatchedActResult } from '../domain/act-batch.js';
import { ActBatches } from './act-batches.js';
import { SignAct, type SignActCommand } from './sign-act.js';

/** Signs many acts, each for itself. */
@Injectable()
export class SignBatch {
  constructor(
    private readonly batches: ActBatches,
    private readonly signAct: SignAct,
  ) {}

  /** @throws Forbidden when the actor does it nowhere, ActTwiceInBatch */
  execute(items: readonly (SignActCommand & BatchedAct)[], actor: Actor): Promise<readonly BatchedActResult[]> {
    const one = { verb: 'sign', permission: 'act.sign' } as const;
    return this.batches.carryOut(items, { ...one, one: (tx, item) => this.signAct.within(tx, item, actor) }, actor);
  }
}
