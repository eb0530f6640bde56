import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { reasonOf } from '../domain/decidable-line.js';
import type { OpenedEnvelope } from '../domain/opened-envelope.js';
import { parentOf, takeBack } from '../domain/sub-envelope.js';
import { EnvelopeKeeping, type EnvelopeCommand } from './envelope-keeping.js';
import { Transfers } from './transfers.js';

export interface TakeCreditBackCommand extends EnvelopeCommand {
  readonly amountCents: Money;
  readonly reason: string;
}

/** What a sub-envelope does not use goes back to its parent. */
@Injectable()
export class TakeCreditBack {
  constructor(
    private readonly work: UnitOfWork,
    private readonly keeping: EnvelopeKeeping,
    private readonly transfers: Transfers,
  ) {}

  /** @throws NotASubEnvelope, ReasonRequired, EnvelopeClosed, MovementNotPositive, EnvelopeBelowUse */
  execute(command: TakeCreditBackCommand, actor: Actor): Promise<OpenedEnvelope> {
    return this.work.run(actor, async (tx) => {
      const { envelope: child, others } = await this.keeping.beginWith(tx, actor, 'envelope.delegate', command, ({ parentId }) =>
        parentId === null ? [] : [parentId],
      );
      const parent = others.get(parentOf(child));
      if (!parent) throw new Error('a sub-envelope has its parent');
      const reason = reasonOf(command.reason);
      const back = takeBack(parent, child, command.amountCents);
      this.transfers.carryOut(tx, actor, back, reason);
      tx.audit('envelope.taken-back', { type: 'envelope', id: parent.id }, parent, { ...back.parent, reason });
      tx.audit('envelope.taken-back', { type: 'envelope', id: child.id }, child, { ...back.child, reason });
      return back.child;
    });
  }
}
