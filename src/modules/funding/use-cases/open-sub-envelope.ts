import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { EMPTY_ENVELOPE } from '../domain/envelope.js';
import type { OpenedEnvelope } from '../domain/opened-envelope.js';
import { assertDelegable, delegate, placeOf } from '../domain/sub-envelope.js';
import { EnvelopeRepository } from '../persistence/envelope.repository.js';
import { EnvelopeKeeping, type EnvelopeCommand } from './envelope-keeping.js';
import { Transfers } from './transfers.js';

export interface OpenSubEnvelopeCommand extends EnvelopeCommand {
  /** One of the two. */
  readonly sectorCode?: string;
  readonly inseeCode?: string;
  readonly amountCents: Money;
}

/** A part of an envelope becomes that of one sector or commune, in AE and in CP at once. */
@Injectable()
export class OpenSubEnvelope {
  constructor(
    private readonly work: UnitOfWork,
    private readonly keeping: EnvelopeKeeping,
    private readonly envelopes: EnvelopeRepository,
    private readonly transfers: Transfers,
  ) {}

  /**
   * @throws OnePlaceRequired, NoFurtherDelegation, UnknownPlace, PlaceElsewhere, EnvelopeClosed, MovementNotPositive, EnvelopeExceeded,
   * SubEnvelopeAlreadyOpen
   */
  execute(command: OpenSubEnvelopeCommand, actor: Actor): Promise<OpenedEnvelope> {
    return this.work.run(actor, async (tx) => {
      const parent = await this.keeping.begin(tx, actor, 'envelope.delegate', command);
      const place = placeOf(command);
      assertDelegable(parent, place, await this.envelopes.departmentOf(tx.query, place));
      const id = newId();
      const [sectorCode, inseeCode] = place.kind === 'sector' ? [place.code, null] : [null, place.code];
      const empty = { ...parent, ...EMPTY_ENVELOPE, id, parentId: parent.id, sectorCode, inseeCode };
      const delegated = delegate(parent, empty, command.amountCents);
      const { funderId, programme, year, departmentCode } = parent;
      const part = { parentId: parent.id, place };
      await this.envelopes.create(tx.query, { id, funderId, programme, year, departmentCode, part, createdBy: actor.id });
      this.transfers.carryOut(tx, actor, delegated, null);
      tx.audit('envelope.delegated', { type: 'envelope', id: parent.id }, parent, delegated.parent);
      tx.audit('envelope.opened', { type: 'envelope', id }, null, delegated.child);
      return delegated.child;
    });
  }
}
