import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../../platform/queue/index.js';
import { SendMail } from '../use-cases/send-mail.js';
import { NOTIFIED_EVENTS, TellPeople } from '../use-cases/tell-people.js';

/** Who follows which event: the catalogue's, by telling people; a due message, by sending it. */
@Injectable()
export class NotificationsJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly tellPeople: TellPeople,
    private readonly sendMail: SendMail,
  ) {}

  onModuleInit(): void {
    for (const type of NOTIFIED_EVENTS) {
      this.registry.register(type, ({ id, payload }) => this.tellPeople.execute({ eventId: id, type, refs: payload }));
    }
    this.registry.register('mail.due.v1', ({ id, payload }) => this.sendMail.execute(id, payload.deliveryId), 'mail');
  }
}
