import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { GroupCommit } from '../../../platform/database/group-commit.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { onBehalfOf, refuseIfLate, timeLeft, togetherOrAlone } from '../../../platform/job-in-hand.js';
import { Mailer, MailRefused, type MailReceipt } from '../../../platform/mail/mailer.js';
import { claimAll, markAllHandled } from '../../../platform/outbox/index.js';
import { PutOff, type Failures } from '../../../platform/queue/index.js';
import { replyCodes } from '../domain/smtp-reply.js';
import { DeliveryRepository } from '../persistence/delivery.repository.js';
import { MailRecord } from './mail-record.js';
import { WriteMail, type WrittenMail } from './write-mail.js';

/** Mails of one job that are with the mail server at once. */
export const MAILS_AT_ONCE = 3;
/** So many in a row that no server answered for: it is away, the others need not each wait to find out. */
const AWAY_AFTER = 3;

export interface DueMail {
  /** The event that says so. */
  readonly id: string;
  readonly mailId: string;
}

interface Due extends WrittenMail {
  readonly eventId: string;
}

/** What the mail server said of a mail: it has it, or why not. */
type Answered = Due & ({ readonly receipt: MailReceipt } | { readonly refusal: MailRefused });

/** Writes mails and hands them to the mail server. */
@Injectable()
export class SendMail {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deliveries: DeliveryRepository,
    private readonly writing: WriteMail,
    private readonly record: MailRecord,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /**
   * Each mail is marked in a commit that follows the server's answer at once, alone or with those answered meanwhile, and what sent it sends nothing
   * more before. A process killed or frozen between the server's 250 and that commit leaves `MAILS_AT_ONCE` mails a job at most to be sent again, under
   * the same Message-ID, by which mail readers know the two for one. (The other order would lose messages.) Nobody else sends them meanwhile: their
   * events are held by the job. Gives those that have to be offered again, and why.
   */
  async execute(due: readonly DueMail[]): Promise<Failures> {
    const written: Due[] = [];
    const unwritten = await togetherOrAlone(due, async (some) => {
      written.push(...(await this.write(some)));
    });
    return new Map([...unwritten, ...(await this.sendAll(written))]);
  }

  /** Those of which nothing is left to say are done with. */
  private write(due: readonly DueMail[]): Promise<readonly Due[]> {
    return this.work.transaction(async (query) => {
      const claimed = await claimAll(
        query,
        due.map(({ id }) => id),
      );
      const left = new Set(claimed.map(({ id }) => id));
      const eventOf = new Map(due.filter(({ id }) => left.has(id)).map(({ id, mailId }) => [mailId, id]));
      const deliveries = await this.deliveries.ofMails(query, [...eventOf.keys()]);
      const mails = await this.writing.execute(query, deliveries, this.clock.now());
      const said = new Set(mails.flatMap(({ messages }) => messages.map(({ id }) => id)));
      const unsaid = deliveries.filter(({ id }) => !said.has(id)).map(({ id }) => id);
      if (unsaid.length > 0) await this.deliveries.markCancelled(query, unsaid);
      const written = mails.map((mail) => ({ ...mail, eventId: eventOf.get(mail.id) ?? '' }));
      for (const { id } of written) eventOf.delete(id);
      if (eventOf.size > 0) await markAllHandled(query, [...eventOf.values()]);
      return written;
    });
  }

  private async sendAll(mails: readonly Due[]): Promise<Failures> {
    const failures = new Map<string, unknown>();
    const answered = new GroupCommit((group: readonly Answered[]) => this.keep(group, failures));
    // Half of the time to begin, the other half for the last ones to end.
    const enough = timeLeft() / 2;
    const waiting = [...mails];
    let unanswered = 0;
    const sendOnes = async (): Promise<void> => {
      for (let mail = waiting.shift(); mail; mail = waiting.shift()) {
        if (timeLeft() < enough) {
          failures.set(mail.eventId, new PutOff('its turn did not come'));
          continue;
        }
        try {
          const said = await this.send(mail);
          await answered.add(said);
          unanswered = 'refusal' in said && replyCodes(said.refusal.response).code === null ? unanswered + 1 : 0;
          if ('refusal' in said && unanswered >= AWAY_AFTER) await this.defer(waiting.splice(0), said.refusal, failures);
        } catch (error) {
          failures.set(mail.eventId, error);
        }
      }
    };
    await Promise.all(Array.from({ length: MAILS_AT_ONCE }, sendOnes));
    return failures;
  }

  private async send(mail: Due): Promise<Answered> {
    refuseIfLate();
    try {
      return { ...mail, receipt: await this.mailer.send(mail.mail) };
    } catch (error) {
      if (error instanceof MailRefused) return { ...mail, refusal: error };
      throw error;
    }
  }

  /** What the server said of each, and that they are dealt with but those that may pass later, in one commit. */
  private keep(answered: readonly Answered[], failures: Map<string, unknown>): Promise<void> {
    return onBehalfOf(
      answered.map(({ eventId }) => eventId),
      () =>
        this.work.transaction(async (query) => {
          const sent = answered.flatMap((mail) => ('receipt' in mail ? [mail] : []));
          const done = sent.map(({ eventId }) => eventId);
          for (const mail of answered) {
            if ('receipt' in mail) continue;
            if (await this.record.refused(query, mail, mail.refusal)) done.push(mail.eventId);
            else {
              await this.record.deferred(query, [mail.id], mail.refusal);
              failures.set(mail.eventId, mail.refusal);
            }
          }
          await Promise.all([
            ...(sent.length > 0 ? [this.record.sent(query, sent)] : []),
            ...(done.length > 0 ? [markAllHandled(query, done)] : []),
          ]);
        }),
    );
  }

  /** Without having asked the server, which did not answer for those before them. */
  private async defer(mails: readonly Due[], refusal: MailRefused, failures: Map<string, unknown>): Promise<void> {
    for (const { eventId } of mails) failures.set(eventId, refusal);
    if (mails.length > 0)
      await this.record.deferred(
        this.work.read,
        mails.map(({ id }) => id),
        refusal,
      );
  }
}
