import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import type { Query } from '../../../platform/database/query.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { isMorningCome } from '../domain/morning.js';
import { morningRoundId, untoldDays, type Days } from '../domain/morning-round.js';
import { roundsBefore } from '../domain/round.js';
import type { MailKind } from '../domain/mail-data.js';
import { AudienceRepository } from '../persistence/audience.repository.js';
import { DeadlineRepository } from '../persistence/deadline.repository.js';
import { MorningRepository } from '../persistence/morning.repository.js';
import { TellPeople } from './tell-people.js';

interface Round {
  readonly kind: MailKind;
  /** The calls in which those days brought something. */
  readonly calls: (query: Query, days: Days) => Promise<readonly string[]>;
  readonly people: (query: Query, callId: string, days: Days) => Promise<readonly string[]>;
}

/**
 * Each morning, what the day before brought: the dossiers filed, the opinions asked for and those given. One message a person and call, however many;
 * after a stop, one for all the days that nobody was told of. May run as often as one likes.
 */
@Injectable()
export class TellOfTheDay {
  private readonly rounds: readonly Round[];

  constructor(
    private readonly work: UnitOfWork,
    private readonly deadlines: DeadlineRepository,
    private readonly people: TellPeople,
    mornings: MorningRepository,
    audiences: AudienceRepository,
  ) {
    this.rounds = [
      { kind: 'dossiers-filed', calls: mornings.callsFiledIn, people: mornings.instructors },
      { kind: 'opinions-asked', calls: mornings.callsToJudge, people: mornings.opinionGivers },
      { kind: 'opinions-given', calls: mornings.callsJudged, people: (query) => audiences.of(query, 'coordination', {}) },
    ];
  }

  /** Gives how many messages this run queued. */
  async execute(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      if (!isMorningCome(tx.at)) return 0;
      const today = parisDay(tx.at);
      const tellable = untoldDays(new Set(), today);
      if (tellable === null) return 0;
      let queued = 0;
      for (const round of this.rounds) {
        for (const callId of await round.calls(tx.query, tellable)) queued += await this.tell(tx, round, callId, today);
      }
      return queued;
    });
  }

  private async tell(tx: Tx, { kind, calls, people }: Round, callId: string, today: Day): Promise<number> {
    const days = untoldDays(await this.told(tx, kind, callId, today), today);
    if (days === null || !(await calls(tx.query, days)).includes(callId)) return 0;
    return this.people.queue(tx, {
      eventId: morningRoundId(kind, callId, days.until),
      userIds: await people(tx.query, callId, days),
      ...{ kind, object: { type: 'call', id: callId } as const, organisationId: null },
      refs: { callId, since: days.from, day: days.until },
    });
  }

  private async told(tx: Tx, kind: MailKind, callId: string, today: Day): Promise<ReadonlySet<Day>> {
    const days = new Map(roundsBefore(today).map((day) => [morningRoundId(kind, callId, day), day]));
    const told = await this.deadlines.toldOf(tx.query, [...days.keys()]);
    return new Set(told.map(({ eventId }) => days.get(eventId) ?? ''));
  }
}
