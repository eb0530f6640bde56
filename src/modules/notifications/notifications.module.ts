import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { CALENDAR } from './calendar.wiring.js';
import { DossiersModule } from '../dossiers/index.js';
import { IdentityModule } from '../identity/index.js';
import { BouncesController } from './http/bounces.controller.js';
import { InboxStreamController } from './http/inbox-stream.controller.js';
import { MailPreviewsController } from './http/mail-previews.controller.js';
import { NotificationsController } from './http/notifications.controller.js';
import { PreferencesController } from './http/preferences.controller.js';
import { ProofsController } from './http/proofs.controller.js';
import { NotificationsJobs } from './jobs/notifications.jobs.js';
import { DOCUMENT_REMINDERS } from './document-reminders.wiring.js';
import { LETTERS } from './letters.wiring.js';
import { MESSAGE_RETENTION } from './message-retention.wiring.js';
import { NOTIFICATIONS_EVENTS } from './notifications.events.js';
import { REMINDERS } from './reminders.wiring.js';
import { AttemptRepository } from './persistence/attempt.repository.js';
import { AudienceRepository } from './persistence/audience.repository.js';
import { BounceRepository } from './persistence/bounce.repository.js';
import { DeliveryRepository } from './persistence/delivery.repository.js';
import { InboxRepository } from './persistence/inbox.repository.js';
import { NotificationRepository } from './persistence/notification.repository.js';
import { PreferencesRepository } from './persistence/preferences.repository.js';
import { ProofRepository } from './persistence/proof.repository.js';
import { WaitingMailRepository } from './persistence/waiting-mail.repository.js';
import { DispatchEvent } from './use-cases/dispatch-event.js';
import { ChooseNotifications } from './use-cases/choose-notifications.js';
import { Deliver } from './use-cases/deliver.js';
import { InboxStreams } from './use-cases/inbox-streams.js';
import { MailRecord } from './use-cases/mail-record.js';
import { MailTiming } from './use-cases/mail-timing.js';
import { NotificationQueries } from './use-cases/notifications.queries.js';
import { ProofQueries } from './use-cases/proof.queries.js';
import { ReadNotifications } from './use-cases/read-notifications.js';
import { RecordBounce } from './use-cases/record-bounce.js';
import { ReleaseMail } from './use-cases/release-mail.js';
import { RescheduleMail } from './use-cases/reschedule-mail.js';
import { PreviewMail } from './use-cases/preview-mail.js';
import { SendMail } from './use-cases/send-mail.js';
import { TellPeople } from './use-cases/tell-people.js';
import { WriteMail } from './use-cases/write-mail.js';
import { WEBHOOKS } from './webhooks.wiring.js';
import { WEBHOOKS_EVENTS } from './webhooks.events.js';

/** On top of every module: nobody imports it. It hears of facts through the outbox and reads what it says through views. */
@Module({
  imports: [DossiersModule, IdentityModule],
  controllers: [
    ...[InboxStreamController, NotificationsController, PreferencesController, BouncesController, ProofsController, MailPreviewsController],
    ...WEBHOOKS.controllers,
    ...CALENDAR.controllers,
  ],
  providers: [
    ...LETTERS,
    ...REMINDERS,
    ...DOCUMENT_REMINDERS,
    ...MESSAGE_RETENTION,
    AudienceRepository,
    DeliveryRepository,
    InboxRepository,
    NotificationRepository,
    PreferencesRepository,
    WaitingMailRepository,
    AttemptRepository,
    BounceRepository,
    ProofRepository,
    MailTiming,
    Deliver,
    TellPeople,
    DispatchEvent,
    SendMail,
    WriteMail,
    MailRecord,
    ReleaseMail,
    RescheduleMail,
    ChooseNotifications,
    RecordBounce,
    ProofQueries,
    NotificationQueries,
    ReadNotifications,
    InboxStreams,
    PreviewMail,
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
