import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { reasonOf } from '../domain/decidable-line.js';
import { apply, type Movement } from '../domain/envelope.js';
import type { OpenedEnvelope } from '../domain/opened-envelope.js';
import { assertFedByItself } from '../domain/sub-envelope.js';
import { Ledger } from '../persistence/ledger.js';
import { EnvelopeKeeping, type EnvelopeCommand } from './envelope-keeping.js';

export interface AdjustEnvelopeCommand extends EnvelopeCommand {
  readonly kind: 'increase' | 'decrease';
  readonly aeCents: Money;
  readonly cpCents: Money;
  readonly reason: string;
}

/** More or less credit in an envelope; never less than what is already used. */
@Injectable()
export class AdjustEnvelope {
  constructor(
    private readonly work: UnitOfWork,
    private readonly keeping: EnvelopeKeeping,
    private readonly ledger: Ledger,
  ) {}

  /** @throws EnvelopeClosed, FedByItsParent, ReasonRequired, MovementNotPositive, EnvelopeBelowUse */
  execute(command: AdjustEnvelopeCommand, actor: Actor): Promise<OpenedEnvelope> {
    return this.work.run(actor, async (tx) => {
      const before = await this.keeping.begin(tx, actor, 'envelope.open', command);
      assertFedByItself(before);
      const reason = reasonOf(command.reason);
      const movement: Movement = { kind: command.kind, aeCents: command.aeCents, cpCents: command.cpCents };
      const after = { ...before, ...apply(before, movement) };
      this.ledger.move(tx, before.id, [{ movement, actorId: actor.id, lineId: null, reason }]);
      tx.audit(`envelope.${command.kind}d`, { type: 'envelope', id: before.id }, before, { ...after, reason });
      return after;
    });
  }
}
