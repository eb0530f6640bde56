import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import type { Query } from '../../../platform/database/query.js';
import type { MailReceipt, MailRefused } from '../../../platform/mail/mailer.js';
import { describeFailure, scrubbed } from '../../../platform/queue/index.js';
import { GIVEN_UP_AFTER_MS, replyCodes } from '../domain/smtp-reply.js';
import { AttemptRepository } from '../persistence/attempt.repository.js';
import { BounceRepository } from '../persistence/bounce.repository.js';
import { DeliveryRepository, type WrittenMessage } from '../persistence/delivery.repository.js';

const DISCARDED = 'discarded by an administrator';

/** What became of a mail, and the messages that it holds. */
interface Handed {
  readonly id: string;
  readonly messages: readonly WrittenMessage[];
}

/** Keeps what servers answer, without the addresses that they quote. */
@Injectable()
export class MailRecord {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly attempts: AttemptRepository,
    private readonly bounces: BounceRepository,
    private readonly clock: Clock,
  ) {}

  async sent(query: Query, mails: readonly (Handed & { readonly receipt: MailReceipt })[]): Promise<void> {
    const at = this.clock.now();
    const attempts = mails.map(({ id, receipt: { response } }) => ({
      ...{ mailId: id, outcome: 'sent' as const, at },
      ...{ code: replyCodes(response).code, reply: scrubbed(response) },
    }));
    const messages = mails.flatMap((mail) => mail.messages);
    await Promise.all([this.attempts.record(query, attempts), this.deliveries.markSent(query, messages, at)]);
  }

  /** Marks it failed when the refusal is final, or was repeated for four days. False: it may pass later. */
  async refused(query: Query, { id: mailId, messages }: Handed, refusal: MailRefused): Promise<boolean> {
    const at = this.clock.now();
    const { code, status } = replyCodes(refusal.response);
    const reply = scrubbed(refusal.response);
    if (!refusal.permanent) {
      const firstAt = await this.attempts.firstAt(query, mailId);
      if (firstAt === null || at.getTime() - firstAt.getTime() < GIVEN_UP_AFTER_MS) return false;
    }
    await this.attempts.record(query, [{ mailId, outcome: refusal.permanent ? 'refused' : 'given-up', code, reply, at }]);
    await this.deliveries.markFailed(query, messages, describeFailure(refusal));
    const userId = await this.deliveries.lockRecipient(query, mailId);
    // Without a code, no server judged the address: the mail was malformed.
    if (refusal.permanent && code !== null && userId !== null) {
      await this.bounces.add(query, { mailId, userId, source: 'smtp', severity: 'hard', status, diagnostic: reply, recordedBy: null, at });
    }
    return true;
  }

  /** Its event was put aside for good: what waited in it shows as not sent. */
  givenUp(query: Query, mailId: string): Promise<void> {
    return this.deliveries.giveUp(query, mailId, DISCARDED);
  }

  async deferred(query: Query, mailIds: readonly string[], { response }: MailRefused): Promise<void> {
    const answer = { outcome: 'deferred' as const, code: replyCodes(response).code, reply: scrubbed(response), at: this.clock.now() };
    await this.attempts.record(
      query,
      mailIds.map((mailId) => ({ mailId, ...answer })),
    );
  }
}
