import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { apply, EMPTY_ENVELOPE, type Movement } from '../domain/envelope.js';
import { departmentOf, keepersOf, UnknownFunder, type OpenedEnvelope } from '../domain/opened-envelope.js';
import { EnvelopeRepository } from '../persistence/envelope.repository.js';
import { Funders } from '../persistence/funder.repository.js';
import { Ledger } from '../persistence/ledger.js';

export interface OpenEnvelopeCommand {
  readonly funderId: string;
  readonly programme: string;
  readonly year: number;
  readonly department?: string;
  readonly ceilingAeCents: Money;
  readonly ceilingCpCents: Money;
}

@Injectable()
export class OpenEnvelope {
  constructor(
    private readonly work: UnitOfWork,
    private readonly funders: Funders,
    private readonly envelopes: EnvelopeRepository,
    private readonly ledger: Ledger,
  ) {}

  /** @throws UnknownFunder, WrongDepartment, MovementNotPositive, EnvelopeAlreadyOpen, EnvelopeClosed */
  execute(command: OpenEnvelopeCommand, actor: Actor): Promise<OpenedEnvelope> {
    return this.work.run(actor, async (tx) => {
      const [funder] = await this.funders.byIds(tx.query, [command.funderId]);
      if (!funder) throw new UnknownFunder();
      authorizeCreation(actor, 'envelope.open', keepersOf(funder));
      const departmentCode = departmentOf(funder, command.department);
      const movement: Movement = { kind: 'open', aeCents: command.ceilingAeCents, cpCents: command.ceilingCpCents };
      apply(EMPTY_ENVELOPE, movement);
      const id = newId();
      const { programme, year } = command;
      await this.envelopes.create(tx.query, { id, funderId: funder.id, programme, year, departmentCode, createdBy: actor.id });
      this.ledger.move(tx, id, [{ movement, actorId: actor.id, lineId: null, reason: null }]);
      const { envelope } = await this.envelopes.find(tx.query, id);
      tx.audit('envelope.opened', { type: 'envelope', id }, null, envelope);
      return envelope;
    });
  }
}
