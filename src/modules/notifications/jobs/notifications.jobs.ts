import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, Scheduler } from '../../../platform/queue/index.js';
import { DispatchEvent } from '../use-cases/dispatch-event.js';
import { MailRecord } from '../use-cases/mail-record.js';
import { ReleaseMail } from '../use-cases/release-mail.js';
import { SendMail } from '../use-cases/send-mail.js';
import { NOTIFIED_EVENTS } from '../use-cases/tell-people.js';

const RELEASE_EVERY_MS = 5_000;
/** What is told together is read and written together: fifty organisations at once, their members' mails likewise. */
const EVENTS_AT_ONCE = 50;
/** A job ends within its time however slow the mail server is; several workers share what is left. */
const MAILS_AT_ONCE = 50;

/** Who follows which event: the catalogue's, by telling people and the systems that asked; due mails, by sending them. */
@Injectable()
export class NotificationsJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
    private readonly dispatch: DispatchEvent,
    private readonly sendMail: SendMail,
    private readonly record: MailRecord,
    private readonly releaseMail: ReleaseMail,
  ) {}

  onModuleInit(): void {
    for (const type of NOTIFIED_EVENTS) {
      this.registry.registerBundles(type, EVENTS_AT_ONCE, (jobs) =>
        this.dispatch.execute(jobs.map(({ id, payload }) => ({ id, type, refs: payload }))),
      );
    }
    this.registry.registerBundles(
      'mail.due.v1',
      MAILS_AT_ONCE,
      (jobs) => this.sendMail.execute(jobs.map(({ id, payload }) => ({ id, mailId: payload.deliveryId }))),
      'mail',
    );
    this.registry.whenDiscarded('mail.due.v1', (query, { deliveryId: mailId }) => this.record.givenUp(query, mailId));
    this.registry.register('clock.waiting-mail', async () => {
      await this.releaseMail.execute();
    });
    this.scheduler.every('waiting-mail', RELEASE_EVERY_MS, 'clock.waiting-mail');
  }
}
