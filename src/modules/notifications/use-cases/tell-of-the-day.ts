import { Injectable } from '@nestjs/common';
import { plusDays } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { isMorningCome } from '../domain/morning.js';
import type { MailKind } from '../domain/mail-data.js';
import { derivedId } from '../domain/derived-id.js';
import { AudienceRepository } from '../persistence/audience.repository.js';
import { ReminderRepository } from '../persistence/reminder.repository.js';
import { TellPeople } from './tell-people.js';

/**
 * The opinions that the day before asked for, and those that it brought: one message a person and call, however many. May run as often as one
 * likes.
 */
@Injectable()
export class TellOfTheDay {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reminders: ReminderRepository,
    private readonly audiences: AudienceRepository,
    private readonly people: TellPeople,
  ) {}

  /** Gives how many messages this run queued. */
  async execute(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      if (!isMorningCome(tx.at)) return 0;
      const day = plusDays(parisDay(tx.at), -1);
      let queued = 0;
      for (const callId of await this.reminders.callsToJudge(tx.query, day)) {
        queued += await this.tell(tx, 'opinions-asked', callId, day, await this.reminders.opinionGivers(tx.query, callId, day));
      }
      for (const callId of await this.reminders.callsJudged(tx.query, day)) {
        queued += await this.tell(tx, 'opinions-given', callId, day, await this.audiences.of(tx.query, 'coordination', {}));
      }
      return queued;
    });
  }

  private tell(tx: Tx, kind: MailKind, callId: string, day: string, userIds: readonly string[]): Promise<number> {
    const object = { type: 'call', id: callId } as const;
    return this.people.queue(tx, {
      eventId: derivedId(`${kind} ${callId} ${day}`),
      userIds,
      kind,
      object,
      organisationId: null,
      refs: { callId, day },
    });
  }
}
