import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, Scheduler } from '../../../platform/queue/index.js';
import { DispatchEvent } from '../use-cases/dispatch-event.js';
import { ReleaseMail } from '../use-cases/release-mail.js';
import { SendMail } from '../use-cases/send-mail.js';
import { NOTIFIED_EVENTS } from '../use-cases/tell-people.js';

const RELEASE_EVERY_MS = 5_000;

/** Who follows which event: the catalogue's, by telling people and the systems that asked; a due message, by sending it. */
@Injectable()
export class NotificationsJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
    private readonly dispatch: DispatchEvent,
    private readonly sendMail: SendMail,
    private readonly releaseMail: ReleaseMail,
  ) {}

  onModuleInit(): void {
    for (const type of NOTIFIED_EVENTS) {
      this.registry.register(type, ({ id, payload }) => this.dispatch.execute({ eventId: id, type, refs: payload }));
    }
    this.registry.register('mail.due.v1', ({ id, payload }) => this.sendMail.execute(id, payload.deliveryId), 'mail');
    this.registry.register('clock.waiting-mail', async () => {
      await this.releaseMail.execute();
    });
    this.scheduler.every('waiting-mail', RELEASE_EVERY_MS, 'clock.waiting-mail');
  }
}
