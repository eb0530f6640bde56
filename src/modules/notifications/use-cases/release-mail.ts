import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { mailsOf } from '../domain/mailing.js';
import { WaitingMailRepository } from '../persistence/waiting-mail.repository.js';

const PEOPLE_AT_ONCE = 200;

/**
 * Lets go of the mail whose time has come, in as few mails as can be. It is told by the rows alone: whether the clock ticked or stopped for a week, what
 * is due is what has waited long enough, and goes once.
 */
@Injectable()
export class ReleaseMail {
  constructor(
    private readonly work: UnitOfWork,
    private readonly waiting: WaitingMailRepository,
    private readonly clock: Clock,
  ) {}

  /** Gives how many mails it let go. One transaction a person: they lock nobody else's. */
  async execute(): Promise<number> {
    let released = 0;
    const now = this.clock.now();
    for (;;) {
      const people = await this.waiting.peopleWithDue(this.work.read, now, PEOPLE_AT_ONCE);
      for (const userId of people) released += await this.releaseTo(userId);
      if (people.length < PEOPLE_AT_ONCE) return released;
    }
  }

  private releaseTo(userId: string): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      const mails = mailsOf(await this.waiting.lockDue(tx.query, userId, tx.at));
      for (const mail of mails) {
        await this.waiting.putIn(tx.query, mail);
        tx.tell('mail.due.v1', { deliveryId: mail.id });
      }
      return mails.length;
    });
  }
}
