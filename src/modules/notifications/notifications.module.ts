import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { MailPreviewsController } from './http/mail-previews.controller.js';
import { NotificationsController } from './http/notifications.controller.js';
import { NotificationsJobs } from './jobs/notifications.jobs.js';
import { LETTERS } from './letters.wiring.js';
import { NOTIFICATIONS_EVENTS } from './notifications.events.js';
import { REMINDERS } from './reminders.wiring.js';
import { AudienceRepository } from './persistence/audience.repository.js';
import { DeliveryRepository } from './persistence/delivery.repository.js';
import { NotificationQueries } from './use-cases/notifications.queries.js';
import { PreviewMail } from './use-cases/preview-mail.js';
import { SendMail } from './use-cases/send-mail.js';
import { TellPeople } from './use-cases/tell-people.js';

/** On top of every module: nobody imports it. It hears of facts through the outbox and reads what it says through views. */
@Module({
  controllers: [NotificationsController, MailPreviewsController],
  providers: [
    ...LETTERS,
    ...REMINDERS,
    AudienceRepository,
    DeliveryRepository,
    TellPeople,
    SendMail,
    NotificationQueries,
    PreviewMail,
    NotificationsJobs,
  ],
})
export class NotificationsModule implements OnModuleInit {
  constructor(private readonly registry: JobRegistry) {}

  onModuleInit(): void {
    this.registry.declare(...NOTIFICATIONS_EVENTS);
  }
}
