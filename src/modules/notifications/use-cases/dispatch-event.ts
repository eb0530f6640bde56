import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { claim, markHandled } from '../../../platform/outbox/index.js';
import { RecordWebhooks } from './record-webhooks.js';
import { TellPeople, type Told } from './tell-people.js';

/** What follows a fact, all of it or nothing: the people it concerns, and the systems that asked for it. */
@Injectable()
export class DispatchEvent {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: TellPeople,
    private readonly webhooks: RecordWebhooks,
  ) {}

  async execute(told: Told): Promise<void> {
    await this.work.run(SYSTEM, async (tx) => {
      if (!(await claim(tx.query, told.eventId))) return;
      await this.people.tell(tx, told);
      await this.webhooks.record(tx, told);
      await markHandled(tx.query, told.eventId);
    });
  }
}
