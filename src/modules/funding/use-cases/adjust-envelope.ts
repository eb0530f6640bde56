import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { reasonOf } from '../domain/decidable-line.js';
import { apply, type Movement } from '../domain/envelope.js';
import { keepersOf, UnknownFunder, type OpenedEnvelope } from '../domain/opened-envelope.js';
import { EnvelopeRepository } from '../persistence/envelope.repository.js';
import { Funders } from '../persistence/funder.repository.js';
import { Ledger } from '../persistence/ledger.js';

export interface AdjustEnvelopeCommand {
  readonly envelopeId: string;
  readonly version: ExpectedVersion;
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
    private readonly funders: Funders,
    private readonly envelopes: EnvelopeRepository,
    private readonly ledger: Ledger,
  ) {}

  /** @throws ReasonRequired, MovementNotPositive, EnvelopeBelowUse */
  execute(command: AdjustEnvelopeCommand, actor: Actor): Promise<OpenedEnvelope> {
    return this.work.run(actor, async (tx) => {
      const { envelope: before, perimeter } = await this.envelopes.lock(tx.query, command.envelopeId);
      authorize(actor, 'envelope.read', perimeter);
      const [funder] = await this.funders.byIds(tx.query, [before.funderId]);
      if (!funder) throw new UnknownFunder();
      authorizeCreation(actor, 'envelope.open', keepersOf(funder));
      assertVersion(command.version, before.version);
      const reason = reasonOf(command.reason);
      const movement: Movement = { kind: command.kind, aeCents: command.aeCents, cpCents: command.cpCents };
      const after = { ...before, ...apply(before, movement) };
      this.ledger.move(tx, before.id, [{ movement, actorId: actor.id, lineId: null, reason }]);
      tx.audit(`envelope.${command.kind}d`, { type: 'envelope', id: before.id }, before, { ...after, reason });
      return after;
    });
  }
}
