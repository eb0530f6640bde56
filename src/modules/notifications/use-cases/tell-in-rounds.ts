import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { cameNearer, caughtUpFrom, roundId, roundsBefore } from '../domain/round.js';
import { DeadlineRepository, type PersonsDeadline } from '../persistence/deadline.repository.js';
import type { ToDeliver } from './deliver.js';
import { TellPeople } from './tell-people.js';

export interface Round {
  readonly kind: ToDeliver['kind'];
  /** What a person has one message a day about, but for themselves. */
  readonly about: string;
  /** How many days before. */
  readonly steps: readonly number[];
  readonly deadlines: readonly PersonsDeadline[];
  readonly told: (userId: string) => Pick<ToDeliver, 'object' | 'refs'>;
}

/**
 * Of each person's deadlines, tells once a day of all those that came nearer since they were last told. It keeps no mark of its own: what was told says
 * how far one is, so that a stop is made up for by one message, and replicas or repeated ticks add none.
 */
@Injectable()
export class TellInRounds {
  constructor(
    private readonly deadlines: DeadlineRepository,
    private readonly people: TellPeople,
  ) {}

  /** Gives how many messages it queued. */
  async execute(tx: Tx, { kind, about, steps, deadlines, told }: Round): Promise<number> {
    const today = parisDay(tx.at);
    const last = await this.lastRounds(tx, about, today);
    const concerned = deadlines.filter(({ userId, dueOn }) => cameNearer(dueOn, steps, caughtUpFrom(last.get(userId), today), today));
    let queued = 0;
    for (const userId of new Set(concerned.map((deadline) => deadline.userId))) {
      const delivery = { eventId: roundId(about, today), userIds: [userId], kind, organisationId: null };
      queued += await this.people.queue(tx, { ...delivery, ...told(userId) });
    }
    return queued;
  }

  private async lastRounds(tx: Tx, about: string, today: Day): Promise<ReadonlyMap<string, Day>> {
    const days = new Map(roundsBefore(today).map((day) => [roundId(about, day), day]));
    const last = new Map<string, Day>();
    for (const { eventId, userId } of await this.deadlines.toldOf(tx.query, [...days.keys()])) {
      const day = days.get(eventId) ?? '';
      if (day > (last.get(userId) ?? '')) last.set(userId, day);
    }
    return last;
  }
}
