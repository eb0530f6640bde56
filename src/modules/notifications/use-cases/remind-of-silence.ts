import { Injectable } from '@nestjs/common';
import { plusDays } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { isMorningCome } from '../domain/morning.js';
import { SILENCE_STEPS } from '../domain/round.js';
import { DeadlineRepository } from '../persistence/deadline.repository.js';
import { TellInRounds } from './tell-in-rounds.js';

/**
 * Reminds who can still answer a request to the State that silence will reject it: one message a person and call, with all its dossiers. May run as
 * often as one likes.
 */
@Injectable()
export class RemindOfSilence {
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
      const until = plusDays(today, Math.max(...SILENCE_STEPS));
      let queued = 0;
      for (const callId of await this.deadlines.silentCalls(tx.query, today, until)) {
        queued += await this.rounds.execute(tx, {
          ...{ kind: 'decisions-due', about: `decisions-due ${callId}`, steps: SILENCE_STEPS },
          deadlines: await this.deadlines.silenceBreakers(tx.query, callId, today, until),
          told: () => ({ object: { type: 'call', id: callId }, refs: { callId, day: today } }),
        });
      }
      return queued;
    });
  }
}
