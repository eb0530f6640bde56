import { Injectable } from '@nestjs/common';
import { plusDays } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { isMorningCome } from '../domain/morning.js';
import { PAYMENT_STEPS, roundsBefore } from '../domain/round.js';
import { DeadlineRepository } from '../persistence/deadline.repository.js';
import { TellInRounds } from './tell-in-rounds.js';

/** Reminds who pays for a funder of the grants to pay soon and today: one message a person and day, with all of them. May run as often as one likes. */
@Injectable()
export class RemindOfPayments {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deadlines: DeadlineRepository,
    private readonly rounds: TellInRounds,
  ) {}

  /** Gives how many messages this run queued. */
  execute(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      if (!isMorningCome(tx.at)) return 0;
      const today = parisDay(tx.at);
      const [from, until] = [roundsBefore(today).at(-1) ?? today, plusDays(today, Math.max(...PAYMENT_STEPS))];
      return this.rounds.execute(tx, {
        ...{ kind: 'payments-due', about: 'payments-due', steps: PAYMENT_STEPS },
        deadlines: await this.deadlines.paymentsDue(tx.query, from, until),
        told: (userId) => ({ object: { type: 'user', id: userId }, refs: { day: today } }),
      });
    });
  }
}
