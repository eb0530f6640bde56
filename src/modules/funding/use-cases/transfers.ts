import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { OpenedEnvelope } from '../domain/opened-envelope.js';
import type { Transfer } from '../domain/sub-envelope.js';
import { Ledger } from '../persistence/ledger.js';

/** Credit that goes from an envelope to another: both move in one transaction, and each movement names the other end. */
@Injectable()
export class Transfers {
  constructor(private readonly ledger: Ledger) {}

  carryOut(tx: Tx, actor: Actor, transfer: Transfer<OpenedEnvelope, OpenedEnvelope>, reason: string | null): void {
    const { parent, child, ofParent, ofChild } = transfer;
    const by = { actorId: actor.id, lineId: null, reason };
    this.ledger.moveAll(tx, [
      { envelopeId: parent.id, movement: ofParent, counterpartId: child.id, ...by },
      { envelopeId: child.id, movement: ofChild, counterpartId: parent.id, ...by },
    ]);
  }
}
