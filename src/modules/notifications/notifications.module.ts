import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { InboxStreamController } from './http/inbox-stream.controller.js';
import { NotificationsController } from './http/notifications.controller.js';
import { NotificationsJobs } from './jobs/notifications.jobs.js';
import { NOTIFICATIONS_EVENTS } from './notifications.events.js';
import { AudienceRepository } from './persistence/audience.repository.js';
import { DeliveryRepository } from './persistence/delivery.repository.js';
import { InboxRepository } from './persistence/inbox.repository.js';
import { LetterRepository } from './persistence/letter.repository.js';
import { NotificationRepository } from './persistence/notification.repository.js';
import { ActLetter } from './use-cases/act.letter.js';
import { AccountLetters } from './use-cases/account.letters.js';
import { Deliver } from './use-cases/deliver.js';
import { DossierLetters } from './use-cases/dossier.letters.js';
import { InboxStreams } from './use-cases/inbox-streams.js';
import { Letters } from './use-cases/letters.js';
import { NotificationQueries } from './use-cases/notifications.queries.js';
import { ReadNotifications } from './use-cases/read-notifications.js';
import { RemindOfClosing } from './use-cases/remind-of-closing.js';
import { ResultsLetter } from './use-cases/results.letter.js';
import { SendMail } from './use-cases/send-mail.js';
import { TellPeople } from './use-cases/tell-people.js';

/** On top of every module: nobody imports it. It hears of facts through the outbox and reads what it says through views. */
@Module({
  controllers: [InboxStreamController, NotificationsController],
  providers: [
    AudienceRepository,
    DeliveryRepository,
    InboxRepository,
    NotificationRepository,
    LetterRepository,
    AccountLetters,
    DossierLetters,
    ResultsLetter,
    ActLetter,
    Letters,
    Deliver,
    TellPeople,
    SendMail,
    RemindOfClosing,
    NotificationQueries,
    ReadNotifications,
    InboxStreams,
    NotificationsJobs,
  ],
})
export class NotificationsModule implements OnModuleInit {
  constructor(private readonly registry: JobRegistry) {}

  onModuleInit(): void {
    this.registry.declare(...NOTIFICATIONS_EVENTS);
  }
}
