import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { mailsOf } from '../domain/mailing.js';
import { WaitingMailRepository } from '../persistence/waiting-mail.repository.js';

/** In one transaction: at eight in the morning, thousands have a digest. */
const PEOPLE_AT_ONCE = 50;

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

  /** Gives how many mails it let go. */
  async execute(): Promise<number> {
    let released = 0;
    const now = this.clock.now();
    for (;;) {
      const people = await this.waiting.peopleWithDue(this.work.read, now, PEOPLE_AT_ONCE);
      if (people.length > 0) released += await this.work.run(SYSTEM, (tx) => this.releaseTo(tx, people));
      if (people.length < PEOPLE_AT_ONCE) return released;
    }
  }

  /** The same for those people, within an act. */
  async releaseTo(tx: Tx, userIds: readonly string[]): Promise<number> {
    const mails = mailsOf(await this.waiting.lockDue(tx.query, userIds, tx.at));
    if (mails.length > 0) await this.waiting.putIn(tx.query, mails);
    for (const { id } of mails) tx.tell('mail.due.v1', { deliveryId: id });
    return mails.length;
  }
}
