import { CreatePlatform1795000000000 } from './1795000000000-create-platform.js';
import { CreateTerritory1795000100000 } from './1795000100000-create-territory.js';
import { CreatePeople1795000200000 } from './1795000200000-create-people.js';
import { CreateCallsAndDossiers1795000300000 } from './1795000300000-create-calls-and-dossiers.js';
import { CreateMoney1795000400000 } from './1795000400000-create-money.js';
import { CreatePeopleViews1795000510000 } from './1795000510000-create-people-views.js';
import { CreateDossierViews1795000520000 } from './1795000520000-create-dossier-views.js';
import { CreateFundingViews1795000530000 } from './1795000530000-create-funding-views.js';
import { CreateNotifications1795000540000 } from './1795000540000-create-notifications.js';
import { CreateInstructionViews1795000550000 } from './1795000550000-create-instruction-views.js';
import { ExtendFundingLines1795000600000 } from './1795000600000-extend-funding-lines.js';
import { CreateFiles1795000610000 } from './1795000610000-create-files.js';
import { DelegateEnvelopes1795000700000 } from './1795000700000-delegate-envelopes.js';
import { CloseEnvelopes1795000710000 } from './1795000710000-close-envelopes.js';
import { LimitPockets1795000720000 } from './1795000720000-limit-pockets.js';
import { CreateApprovals1795000750000 } from './1795000750000-create-approvals.js';
import { CreateDecisionImports1795000760000 } from './1795000760000-create-decision-imports.js';
import { CreateLineTrail1795000770000 } from './1795000770000-create-line-trail.js';
import { CreateCommittees1795000800000 } from './1795000800000-create-committees.js';
import { CreateScenarios1795000810000 } from './1795000810000-create-scenarios.js';
import { CreateActs1795000900000 } from './1795000900000-create-acts.js';
import { NotifyActs1795000910000 } from './1795000910000-notify-acts.js';
import { CreatePayments1795001000000 } from './1795001000000-create-payments.js';
import { CreateChorusImports1795001010000 } from './1795001010000-create-chorus-imports.js';
import { CreateOrganisationBlocks1795001100000 } from './1795001100000-create-organisation-blocks.js';
import { CreateReports1795001110000 } from './1795001110000-create-reports.js';
import { CreateRepayments1795001120000 } from './1795001120000-create-repayments.js';
import { CreateDateChanges1795001130000 } from './1795001130000-create-date-changes.js';
import { CreateReportingViews1795001140000 } from './1795001140000-create-reporting-views.js';
import { CreateCpos1795001200000 } from './1795001200000-create-cpos.js';
import { CreateCpoViews1795001210000 } from './1795001210000-create-cpo-views.js';
import { LinkCpoActs1795001300000 } from './1795001300000-link-cpo-acts.js';
import { AttachSignedScans1795001310000 } from './1795001310000-attach-signed-scans.js';
import { AttachToReports1795001320000 } from './1795001320000-attach-to-reports.js';
import { CreateActBatches1795003000000 } from './1795003000000-create-act-batches.js';
import { CancelPaymentRequests1795003010000 } from './1795003010000-cancel-payment-requests.js';
import { NotifyTranches1795003020000 } from './1795003020000-notify-tranches.js';
import { CreateDeadLetters1795004000000 } from './1795004000000-create-dead-letters.js';
import { NotifyCommittees1795005000000 } from './1795005000000-notify-committees.js';
import { NotifyActsToSign1795005010000 } from './1795005010000-notify-acts-to-sign.js';
import { NotifyPayments1795005020000 } from './1795005020000-notify-payments.js';
import { NotifyReportsAndCpos1795005030000 } from './1795005030000-notify-reports-and-cpos.js';
import { NotifySteering1795005040000 } from './1795005040000-notify-steering.js';
import { OpenInbox1795006000000 } from './1795006000000-open-inbox.js';
import { LetPeopleChooseMessages1795006100000 } from './1795006100000-let-people-choose-messages.js';
import { RecordMail1795006200000 } from './1795006200000-record-mail.js';
import { CreateWebhooks1795007000000 } from './1795007000000-create-webhooks.js';
import { CreateCalendar1795007100000 } from './1795007100000-create-calendar.js';
import { HoldEventsByJob1795007900000 } from './1795007900000-hold-events-by-job.js';
import { NotifyLapsedComplements1795008000000 } from './1795008000000-notify-lapsed-complements.js';
import { NotifyCancelledPayments1795008010000 } from './1795008010000-notify-cancelled-payments.js';
import { NotifyAnyObject1795008020000 } from './1795008020000-notify-any-object.js';
import { NotifySilence1795008030000 } from './1795008030000-notify-silence.js';
import { NotifyPaymentsDue1795008040000 } from './1795008040000-notify-payments-due.js';
import { CreateRetention1795008050000 } from './1795008050000-create-retention.js';
import { WidenWebhookSight1795008060000 } from './1795008060000-widen-webhook-sight.js';
import { CreateDossierMessages1795009000000 } from './1795009000000-create-dossier-messages.js';
import { CreateOrganisationDocuments1795009100000 } from './1795009100000-create-organisation-documents.js';
import { LightenSentMail1795009900000 } from './1795009900000-lighten-sent-mail.js';
import { RefuseLateJobs1795010000000 } from './1795010000000-refuse-late-jobs.js';
import { TellWhoMayKnow1795010010000 } from './1795010010000-tell-who-may-know.js';
import { TellOfArrivals1795010020000 } from './1795010020000-tell-of-arrivals.js';
import { AlignCalendar1795010030000 } from './1795010030000-align-calendar.js';
import { TellWhatAwaitsAttestation1795010040000 } from './1795010040000-tell-what-awaits-attestation.js';
import { RetainMessages1795010050000 } from './1795010050000-retain-messages.js';
import { HoldEventsById1795010060000 } from './1795010060000-hold-events-by-id.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [
  CreatePlatform1795000000000,
  CreateTerritory1795000100000,
  CreatePeople1795000200000,
  CreateCallsAndDossiers1795000300000,
  CreateMoney1795000400000,
  CreatePeopleViews1795000510000,
  CreateDossierViews1795000520000,
  CreateFundingViews1795000530000,
  CreateNotifications1795000540000,
  CreateInstructionViews1795000550000,
  ExtendFundingLines1795000600000,
  CreateFiles1795000610000,
  DelegateEnvelopes1795000700000,
  CloseEnvelopes1795000710000,
  LimitPockets1795000720000,
  CreateApprovals1795000750000,
  CreateDecisionImports1795000760000,
  CreateLineTrail1795000770000,
  CreateCommittees1795000800000,
  CreateScenarios1795000810000,
  CreateActs1795000900000,
  NotifyActs1795000910000,
  CreatePayments1795001000000,
  CreateChorusImports1795001010000,
  CreateOrganisationBlocks1795001100000,
  CreateReports1795001110000,
  CreateRepayments1795001120000,
  CreateDateChanges1795001130000,
  CreateReportingViews1795001140000,
  CreateCpos1795001200000,
  CreateCpoViews1795001210000,
  LinkCpoActs1795001300000,
  AttachSignedScans1795001310000,
  AttachToReports1795001320000,
  CreateActBatches1795003000000,
  CancelPaymentRequests1795003010000,
  NotifyTranches1795003020000,
  CreateDeadLetters1795004000000,
  NotifyCommittees1795005000000,
  NotifyActsToSign1795005010000,
  NotifyPayments1795005020000,
  NotifyReportsAndCpos1795005030000,
  NotifySteering1795005040000,
  OpenInbox1795006000000,
  LetPeopleChooseMessages1795006100000,
  RecordMail1795006200000,
  CreateWebhooks1795007000000,
  CreateCalendar1795007100000,
  HoldEventsByJob1795007900000,
  NotifyLapsedComplements1795008000000,
  NotifyCancelledPayments1795008010000,
  NotifyAnyObject1795008020000,
  NotifySilence1795008030000,
  NotifyPaymentsDue1795008040000,
  CreateRetention1795008050000,
  WidenWebhookSight1795008060000,
  CreateDossierMessages1795009000000,
  CreateOrganisationDocuments1795009100000,
  LightenSentMail1795009900000,
  RefuseLateJobs1795010000000,
  TellWhoMayKnow1795010010000,
  TellOfArrivals1795010020000,
  AlignCalendar1795010030000,
  TellWhatAwaitsAttestation1795010040000,
  RetainMessages1795010050000,
  HoldEventsById1795010060000,
];
