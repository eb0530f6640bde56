import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { activate, isOverdue, mayActivate } from '../domain/cpo.js';
import { CpoRepository } from '../persistence/cpo.repository.js';
import { CpoDesk } from './cpo-desk.js';
import { CpoEnding } from './cpo-ending.js';

/** What time does to CPOs: a first year begins, a last report is past due. Running it again changes nothing. */
@Injectable()
export class KeepCpos {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cpos: CpoRepository,
    private readonly desk: CpoDesk,
    private readonly ending: CpoEnding,
    private readonly clock: Clock,
  ) {}

  /** How many changed. One transaction each, so that one which fails holds back no other. @throws AggregateError of those that failed */
  async execute(): Promise<number> {
    const failures: unknown[] = [];
    let changed = 0;
    for (const cpoId of await this.cpos.due(this.work.read, parisDay(this.clock.now()))) {
      try {
        if (await this.keep(cpoId)) changed++;
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} CPOs could not follow the calendar`);
    return changed;
  }

  /** False when someone did it, or terminated it, meanwhile. */
  private keep(cpoId: string): Promise<boolean> {
    return this.work.run(SYSTEM, async (tx) => {
      const inHand = await this.desk.lock(tx, cpoId);
      const { cpo } = inHand;
      const today = parisDay(tx.at);
      // The ledger knows people only: credits go back in the name of who signed.
      const mover = { id: cpo.signedBy ?? cpo.createdBy };
      if (mayActivate(cpo, today)) this.desk.save(tx, mover, 'activated', cpo, activate(cpo), []);
      else if (isOverdue(cpo, today)) this.ending.carryOut(tx, mover, inHand);
      else return false;
      return true;
    });
  }
}
