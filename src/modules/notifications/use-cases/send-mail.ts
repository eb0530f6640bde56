import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { Clock } from '../../../kernel/clock.js';
import { GroupCommit } from '../../../platform/database/group-commit.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import {
  jobInHand,
  onBehalfOfAll,
  refuseUnlessInHand,
  timeLeft,
  TooLate,
  togetherOrAlone,
  type LeftOfJob,
} from '../../../platform/job-in-hand.js';
import { Mailer, MailRefused, type MailReceipt } from '../../../platform/mail/mailer.js';
import { claimAll, markAllHandled } from '../../../platform/outbox/index.js';
import { PutOff, type Failures } from '../../../platform/queue/index.js';
import { replyCodes } from '../domain/smtp-reply.js';
import { DeliveryRepository } from '../persistence/delivery.repository.js';
import { MailRecord } from './mail-record.js';
import { WriteMail, type WrittenMail } from './write-mail.js';

/** Mails of the process that are under way at once: with the mail server, or answered and not yet marked. */
export const MAILS_AT_ONCE = 8;
/** Those of one job: the jobs that write theirs meanwhile leave room. */
const OF_ONE_JOB = 4;
/** Milliseconds that an answered mail waits, at most, to be marked with others that are with the server. */
const MARKED_WITHIN_MS = 5;
/** Share of the time that is left to the last ones to end. Of five minutes: three turns on the mailer's connections, of five answers within 15 s each. */
const SHARE_TO_END = 0.8;
/** So many in a row that no server answered for: it is away, the others need not each wait to find out. */
const AWAY_AFTER = 3;

export interface DueMail {
  /** The event that says so. */
  readonly id: string;
  readonly mailId: string;
}

type Due = WrittenMail & LeftOfJob;

/** What the mail server said of a mail: it has it, or why not. */
type Answered = Due & ({ readonly receipt: MailReceipt } | { readonly refusal: MailRefused });

/** Writes mails and hands them to the mail server. */
@Injectable()
export class SendMail {
  /** One for all the jobs of the process. Gives why a mail may still leave later; null: it is dealt with. */
  private readonly answered = new GroupCommit((group: readonly Answered[]) => this.keep(group), {
    othersComing: () => this.withServer > 0,
    patienceMs: MARKED_WITHIN_MS,
    enough: OF_ONE_JOB,
  });
  private withServer = 0;
  private readonly inTurn = pLimit(MAILS_AT_ONCE);

  constructor(
    private readonly work: UnitOfWork,
    private readonly deliveries: DeliveryRepository,
    private readonly writing: WriteMail,
    private readonly record: MailRecord,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /**
   * Each mail is marked in a commit that follows the server's answer at once, alone or with those answered meanwhile to any job of the process, and
   * what sent it sends nothing more before. A process killed or frozen between the server's 250 and that commit leaves `MAILS_AT_ONCE` mails at most to
   * be sent again, under the same Message-ID, by which mail readers know the two for one. (The other order would lose messages.) Nobody else sends them
   * meanwhile: their events are held by the job. Once they are in other hands, nothing more is sent. Gives those to be offered again, and why.
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
      const job = jobInHand.getStore();
      const written = mails.map((mail) => ({ ...mail, eventId: eventOf.get(mail.id) ?? '', job }));
      for (const { id } of written) eventOf.delete(id);
      if (eventOf.size > 0) await markAllHandled(query, [...eventOf.values()]);
      return written;
    });
  }

  private async sendAll(mails: readonly Due[]): Promise<Failures> {
    const failures = new Map<string, unknown>();
    const enough = timeLeft() * SHARE_TO_END;
    const waiting = [...mails];
    let unanswered = 0;
    const send = async (mail: Due): Promise<void> => {
      try {
        if (timeLeft() < enough) throw new PutOff('its turn did not come');
        const said = await this.send(mail);
        const later = await this.answered.add(said);
        if (later) failures.set(mail.eventId, later);
        unanswered = 'refusal' in said && replyCodes(said.refusal.response).code === null ? unanswered + 1 : 0;
        if ('refusal' in said && unanswered >= AWAY_AFTER) await this.defer(waiting.splice(0), said.refusal, failures);
      } catch (error) {
        failures.set(mail.eventId, error);
        if (error instanceof TooLate) for (const { eventId } of waiting.splice(0)) failures.set(eventId, error);
      }
    };
    const sendOnes = async (): Promise<void> => {
      for (let mail = waiting.shift(); mail; mail = waiting.shift()) await this.inTurn(send, mail);
    };
    await Promise.all(Array.from({ length: OF_ONE_JOB }, sendOnes));
    return failures;
  }

  private async send(mail: Due): Promise<Answered> {
    await refuseUnlessInHand(this.work.read, [mail.eventId]);
    this.withServer++;
    try {
      return { ...mail, receipt: await this.mailer.send(mail.mail) };
    } catch (error) {
      if (error instanceof MailRefused) return { ...mail, refusal: error };
      throw error;
    } finally {
      this.withServer--;
    }
  }

  /** What the server said of each, and that they are dealt with but those that may pass later, in one commit. */
  private keep(answered: readonly Answered[]): Promise<(MailRefused | null)[]> {
    return onBehalfOfAll(answered, () =>
      this.work.transaction(async (query, last) => {
        const sent = answered.filter((mail) => 'receipt' in mail);
        const later = new Map<Answered, MailRefused>();
        for (const mail of answered) {
          if ('receipt' in mail || (await this.record.refused(query, mail, mail.refusal))) continue;
          await this.record.deferred(query, [mail.id], mail.refusal);
          later.set(mail, mail.refusal);
        }
        const done = answered.filter((mail) => !later.has(mail)).map(({ eventId }) => eventId);
        last(() =>
          Promise.all([
            ...(sent.length > 0 ? [this.record.sent(query, sent)] : []),
            ...(done.length > 0 ? [markAllHandled(query, done)] : []),
          ]),
        );
        return answered.map((mail) => later.get(mail) ?? null);
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
