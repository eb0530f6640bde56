import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Act } from '../domain/act.js';
import { backToNegotiation, signedByBeneficiary } from '../domain/cpo.js';
import { ActRepository } from '../persistence/act.repository.js';
import { CpoRepository } from '../persistence/cpo.repository.js';
import { CpoDesk } from './cpo-desk.js';
import { CpoSigning } from './cpo-signing.js';

/**
 * What the life of its act does to a CPO, in the transaction of the act. Called once the act is locked and before its lines are: an act, then its
 * CPO, then their lines. Of an act of any other kind, nothing.
 */
@Injectable()
export class CpoOfAct {
  constructor(
    private readonly acts: ActRepository,
    private readonly cpos: CpoRepository,
    private readonly desk: CpoDesk,
    private readonly signing: CpoSigning,
  ) {}

  /** @throws as `CpoSigning.carryOut` */
  async signed(tx: Tx, actor: Actor, act: Act, signedOn: Day): Promise<void> {
    if (act.kind !== 'cpo') return;
    const { id: actId, number: reference, beneficiarySignedOn, year } = act;
    await this.signing.signed(tx, actor, await this.cpos.ofAct(tx.query, actId), { signedOn, beneficiarySignedOn, reference, actId });
    // Each later year is notified by an act of its own, once it is confirmed.
    this.acts.releaseLaterLines(tx, actId, year);
  }

  /** The organisation's signature often comes back with the notification only. */
  async notified(tx: Tx, actor: Actor, { kind, id, beneficiarySignedOn }: Act): Promise<void> {
    if (kind !== 'cpo' || beneficiarySignedOn === null) return;
    const { cpo } = await this.desk.lock(tx, await this.cpos.ofAct(tx.query, id));
    if (cpo.beneficiarySignedOn !== null) return;
    this.desk.save(tx, actor, 'signed-by-beneficiary', cpo, signedByBeneficiary(cpo, beneficiarySignedOn), []);
  }

  async voided(tx: Tx, actor: Actor, { kind, id }: Act): Promise<void> {
    if (kind !== 'cpo') return;
    const { cpo } = await this.desk.lock(tx, await this.cpos.ofAct(tx.query, id));
    this.desk.save(tx, actor, 'act-voided', cpo, backToNegotiation(cpo), []);
  }
}
