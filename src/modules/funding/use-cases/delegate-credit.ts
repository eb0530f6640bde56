import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { OpenedEnvelope } from '../domain/opened-envelope.js';
import { delegate, parentOf } from '../domain/sub-envelope.js';
import { EnvelopeKeeping, type EnvelopeCommand } from './envelope-keeping.js';
import { Transfers } from './transfers.js';

export interface DelegateCreditCommand extends EnvelopeCommand {
  readonly amountCents: Money;
}

/** More credit for a sub-envelope, from its parent. */
@Injectable()
export class DelegateCredit {
  constructor(
    private readonly work: UnitOfWork,
    private readonly keeping: EnvelopeKeeping,
    private readonly transfers: Transfers,
  ) {}

  /** @throws NotASubEnvelope, EnvelopeClosed, MovementNotPositive, EnvelopeExceeded */
  execute(command: DelegateCreditCommand, actor: Actor): Promise<OpenedEnvelope> {
    return this.work.run(actor, async (tx) => {
      const { envelope: child, others } = await this.keeping.beginWith(tx, actor, 'envelope.delegate', command, ({ parentId }) =>
        parentId === null ? [] : [parentId],
      );
      const parent = others.get(parentOf(child));
      if (!parent) throw new Error('a sub-envelope has its parent');
      const delegated = delegate(parent, child, command.amountCents);
      this.transfers.carryOut(tx, actor, delegated, null);
      tx.audit('envelope.delegated', { type: 'envelope', id: parent.id }, parent, delegated.parent);
      tx.audit('envelope.delegated', { type: 'envelope', id: child.id }, child, delegated.child);
      return delegated.child;
    });
  }
}
