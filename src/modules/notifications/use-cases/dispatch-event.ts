import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { togetherOrAlone } from '../../../platform/job-in-hand.js';
import { claimAll, markAllHandled } from '../../../platform/outbox/index.js';
import type { Failures } from '../../../platform/queue/index.js';
import { RecordWebhooks } from './record-webhooks.js';
import { TellPeople, type Happened } from './tell-people.js';

/** What follows facts, of each all of it or nothing: the people it concerns, and the systems that asked for it. */
@Injectable()
export class DispatchEvent {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: TellPeople,
    private readonly webhooks: RecordWebhooks,
  ) {}

  /** Gives those that could not be followed. */
  execute(happened: readonly Happened[]): Promise<Failures> {
    return togetherOrAlone(happened, (some) => this.together(some));
  }

  private together(happened: readonly Happened[]): Promise<void> {
    return this.work.run(SYSTEM, async (tx) => {
      const claimed = await claimAll(
        tx.query,
        happened.map(({ id }) => id),
      );
      const ids = new Set(claimed.map(({ id }) => id));
      const left = happened.filter(({ id }) => ids.has(id));
      if (left.length === 0) return;
      await this.people.tell(tx, left);
      await this.webhooks.record(tx, left);
      await markAllHandled(tx.query, [...ids]);
    });
  }
}
