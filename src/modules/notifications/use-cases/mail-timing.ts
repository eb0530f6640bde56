import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { MailPace } from '../../../platform/mail/mail-pace.js';
import type { MailKind } from '../domain/mail-data.js';
import type { Cadence, Habits } from '../domain/preferences.js';
import { timingOf, type GroupPace, type Timing } from '../domain/schedule.js';
import { sameKindKey, WaitingMailRepository } from '../persistence/waiting-mail.repository.js';

/** Between two mails of a same kind to one person, in milliseconds. */
const GROUP_WINDOW_MS = 10 * 60_000;

/** A message, and how its reader chose to have it. */
export interface ToTime extends Habits {
  readonly userId: string;
  readonly kind: MailKind;
  readonly mail: Cadence;
  readonly toldAt: Date;
}

/** From when mail may leave, by what its readers chose: for what is told, and for what waits when they choose anew. */
@Injectable()
export class MailTiming {
  private readonly pace: GroupPace;

  constructor(
    private readonly waiting: WaitingMailRepository,
    { settleMs }: MailPace,
  ) {
    this.pace = { settleMs, windowMs: GROUP_WINDOW_MS };
  }

  /** In their order; without those that never leave. */
  async of<Each extends ToTime>(query: Query, messages: readonly Each[], now: Date): Promise<readonly (Each & Timing)[]> {
    const same = await this.waiting.sameKind(query, messages, new Date(now.getTime() - GROUP_WINDOW_MS));
    return messages.flatMap((message) => {
      const others = same.get(sameKindKey(message)) ?? { waitingSince: null, lastLeft: null };
      const timing = timingOf(message.kind, message.mail, message, message.toldAt, others, this.pace, now);
      return timing === null ? [] : [{ ...message, ...timing }];
    });
  }
}
