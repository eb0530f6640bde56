import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { CALENDAR } from './calendar.wiring.js';
import { NotificationsController } from './http/notifications.controller.js';
import { NotificationsJobs } from './jobs/notifications.jobs.js';
import { NOTIFICATIONS_EVENTS } from './notifications.events.js';
import { AudienceRepository } from './persistence/audience.repository.js';
import { DeliveryRepository } from './persistence/delivery.repository.js';
import { LetterRepository } from './persistence/letter.repository.js';
import { ActLetter } from './use-cases/act.letter.js';
import { AccountLetters } from './use-cases/account.letters.js';
import { DispatchEvent } from './use-cases/dispatch-event.js';
import { DossierLetters } from './use-cases/dossier.letters.js';
import { Letters } from './use-cases/letters.js';
import { NotificationQueries } from './use-cases/notifications.queries.js';
import { RemindOfClosing } from './use-cases/remind-of-closing.js';
import { ResultsLetter } from './use-cases/results.letter.js';
import { SendMail } from './use-cases/send-mail.js';
import { TellPeople } from './use-cases/tell-people.js';
import { WEBHOOKS } from './webhooks.wiring.js';
import { WEBHOOKS_EVENTS } from './webhooks.events.js';

/** On top of every module: nobody imports it. It hears of facts through the outbox and reads what it says through views. */
@Module({
  controllers: [NotificationsController, ...WEBHOOKS.controllers, ...CALENDAR.controllers],
  providers: [
    AudienceRepository,
    DeliveryRepository,
    LetterRepository,
    AccountLetters,
    DossierLetters,
    ResultsLetter,
    ActLetter,
    Letters,
    TellPeople,
    DispatchEvent,
    SendMail,
    RemindOfClosing,
    NotificationQueries,
    NotificationsJobs,
    ...WEBHOOKS.providers,
    ...CALENDAR.providers,
  ],
})
export class NotificationsModule implements OnModuleInit {
  constructor(private readonly registry: JobRegistry) {}

  onModuleInit(): void {
    this.registry.declare(...NOTIFICATIONS_EVENTS, ...WEBHOOKS_EVENTS);
  }
}
