import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FUNDING_LINE_WORDS, standingOf } from '../../funding/index.js';
import { whyNothingIsLeft } from '../domain/cpo-abandonment.js';
import { CpoRepository } from '../persistence/cpo.repository.js';
import { CpoAbandonment } from './cpo-abandonment.js';
import { CpoDesk, type CpoInHand } from './cpo-desk.js';

/**
 * Lines ended (the dossier is withdrawn, the State refuses …) while a CPO was negotiated on them: the negotiation ends too. Decides on what stands
 * now, not on what the event said: a refusal that was reconsidered since then ends nothing, and running it again changes nothing.
 */
@Injectable()
export class AbandonEndedNegotiations {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cpos: CpoRepository,
    private readonly desk: CpoDesk,
    private readonly abandonment: CpoAbandonment,
  ) {}

  /** One transaction a CPO. */
  async execute(lineIds: readonly string[]): Promise<void> {
    for (const cpoId of await this.cpos.negotiatedOn(this.work.read, lineIds)) {
      await this.work.run(SYSTEM, async (tx) => {
        const inHand = await this.desk.lock(tx, cpoId);
        const reason = reasonOf(inHand);
        if (reason !== null) this.abandonment.carryOut(tx, SYSTEM, inHand, reason);
      });
    }
  }
}

/** Null when it goes on, or when someone ended it meanwhile. No line of a CPO whose act is prepared can end: its act is voided first. */
function reasonOf({ cpo, tranches, first }: CpoInHand): string | null {
  if (cpo.state !== 'negotiation' || cpo.actId !== null) return null;
  const years = tranches.map(({ tranche, hand: { line } }) => ({
    ...{ year: tranche.year, standing: standingOf(line.state), stateName: FUNDING_LINE_WORDS.states[line.state] },
  }));
  return whyNothingIsLeft(first.dossier, years);
}
