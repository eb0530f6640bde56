import { Injectable } from '@nestjs/common';
import { type Money, ZERO } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { assertClosable, carryOverOf, lapseOf, takesCarryOver, type CarryOver } from '../domain/closing.js';
import { reasonOf } from '../domain/decidable-line.js';
import { apply, available, type Movement } from '../domain/envelope.js';
import type { OpenedEnvelope } from '../domain/opened-envelope.js';
import { takeBack } from '../domain/sub-envelope.js';
import { EnvelopeRepository } from '../persistence/envelope.repository.js';
import { Ledger } from '../persistence/ledger.js';
import { EnvelopeKeeping, type EnvelopeCommand } from './envelope-keeping.js';
import { Transfers } from './transfers.js';

export interface CloseEnvelopeCommand extends EnvelopeCommand {
  readonly reason: string;
  /** What goes on into the same envelope of the next year, out of what lapses. */
  readonly carryOverCents?: Money;
  /** Of the decision that carries it over. */
  readonly carryOverReference?: string;
}

interface Closing {
  readonly envelope: OpenedEnvelope;
  readonly others: ReadonlyMap<string, OpenedEnvelope>;
  readonly reason: string;
  readonly carried: CarryOver | null;
}

/**
 * The end of an envelope's fiscal year. What it did not use lapses, or is carried over by a decision; what a sub-envelope did not use goes back
 * to its parent, which is closed after it. What was granted goes on being paid.
 */
@Injectable()
export class CloseEnvelope {
  constructor(
    private readonly work: UnitOfWork,
    private readonly keeping: EnvelopeKeeping,
    private readonly envelopes: EnvelopeRepository,
    private readonly transfers: Transfers,
    private readonly ledger: Ledger,
  ) {}

  /**
   * @throws ReasonRequired, EnvelopeClosed, SubEnvelopesStillOpen, EnvelopeStillReserved, CarryOverByParent, CarryOverReferenceRequired,
   * CarryOverAboveLapsed, NothingToCarryOverInto
   */
  execute(command: CloseEnvelopeCommand, actor: Actor): Promise<OpenedEnvelope> {
    return this.work.run(actor, async (tx) => {
      const { envelope, others } = await this.keeping.beginWith(tx, actor, 'envelope.close', command, async (seen) => {
        if (seen.parentId !== null) return [seen.parentId];
        const next = await this.envelopes.sameOfYear(tx.query, seen, seen.year + 1);
        return next === undefined ? [] : [next];
      });
      const reason = reasonOf(command.reason);
      assertClosable(envelope, await this.envelopes.standing(tx.query, envelope.id));
      const asked = { amountCents: command.carryOverCents ?? ZERO, reference: command.carryOverReference };
      const closing = { envelope, others, reason, carried: carryOverOf(envelope, asked) };
      const emptied = envelope.parentId === null ? this.lapse(tx, actor, closing) : this.giveBack(tx, actor, closing, envelope.parentId);
      this.envelopes.close(tx, envelope.id, tx.at);
      const after = { ...emptied, closedAt: tx.at, version: emptied.version + 1 };
      tx.audit('envelope.closed', { type: 'envelope', id: envelope.id }, envelope, { ...after, reason });
      return after;
    });
  }

  private giveBack(tx: Tx, actor: Actor, { envelope, others, reason }: Closing, parentId: string): OpenedEnvelope {
    const parent = others.get(parentId);
    if (!parent) throw new Error('a sub-envelope has its parent');
    if (available(envelope) === ZERO) return envelope;
    const back = takeBack(parent, envelope, available(envelope));
    this.transfers.carryOut(tx, actor, back, reason);
    tx.audit('envelope.taken-back', { type: 'envelope', id: parent.id }, parent, { ...back.parent, reason });
    return back.child;
  }

  private lapse(tx: Tx, actor: Actor, { envelope, others, reason, carried }: Closing): OpenedEnvelope {
    const lapsed = lapseOf(envelope);
    if (lapsed === null) return envelope;
    const by = { actorId: actor.id, lineId: null, reason };
    const after = { ...envelope, ...apply(envelope, lapsed) };
    if (carried === null) {
      this.ledger.move(tx, envelope.id, [{ movement: lapsed, ...by }]);
      return after;
    }
    const sameNextYear = [...others.values()].find(({ id }) => id !== envelope.id);
    const next = takesCarryOver(sameNextYear, envelope.year + 1);
    const { amountCents, reference } = carried;
    const more: Movement = { kind: 'increase', aeCents: amountCents, cpCents: amountCents };
    this.ledger.moveAll(tx, [
      { envelopeId: envelope.id, movement: lapsed, counterpartId: next.id, reference, ...by },
      { envelopeId: next.id, movement: more, counterpartId: envelope.id, reference, ...by },
    ]);
    tx.audit('envelope.carried-over', { type: 'envelope', id: next.id }, next, { ...next, ...apply(next, more), reason, reference });
    return after;
  }
}
