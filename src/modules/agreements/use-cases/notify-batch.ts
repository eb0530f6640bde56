import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { BatchedAct, BatchedActResult } from '../domain/act-batch.js';
import { ActBatches } from './act-batches.js';
import { NotifyAct, type NotifyActCommand } from './notify-act.js';

/** Notifies many signed acts, each for itself and each with its own message to the beneficiary. */
@Injectable()
export class NotifyBatch {
  constructor(
    private readonly batches: ActBatches,
    private readonly notifyAct: NotifyAct,
  ) {}

  /** @throws Forbidden when the actor does it nowhere, ActTwiceInBatch */
  execute(items: readonly (NotifyActCommand & BatchedAct)[], actor: Actor): Promise<readonly BatchedActResult[]> {
    const one = { verb: 'notify', permission: 'act.notify' } as const;
    return this.batches.carryOut(items, { ...one, one: (tx, item) => this.notifyAct.within(tx, item, actor) }, actor);
  }
}
