import type { FactoryProvider } from '@nestjs/common';
import { ActFactsRepository } from './persistence/act-facts.repository.js';
import { CommitteeFactsRepository } from './persistence/committee-facts.repository.js';
import { DocumentFactsRepository } from './persistence/document-facts.repository.js';
import { DossierMessageFactsRepository } from './persistence/dossier-message-facts.repository.js';
import { LetterRepository } from './persistence/letter.repository.js';
import { PaymentFactsRepository } from './persistence/payment-facts.repository.js';
import { CpoFactsRepository } from './persistence/cpo-facts.repository.js';
import { ReportFactsRepository } from './persistence/report-facts.repository.js';
import { RetentionFactsRepository } from './persistence/retention-facts.repository.js';
import { SilenceFactsRepository } from './persistence/silence-facts.repository.js';
import { SteeringFactsRepository } from './persistence/steering-facts.repository.js';
import { AccountLetters } from './use-cases/account.letters.js';
import { ActLetters } from './use-cases/act.letters.js';
import { CommitteeLetters } from './use-cases/committee.letters.js';
import { DossierLetters } from './use-cases/dossier.letters.js';
import { DocumentLetters } from './use-cases/document.letters.js';
import { DossierMessageLetters } from './use-cases/dossier-message.letters.js';
import { Letters } from './use-cases/letters.js';
import { PaymentLetters } from './use-cases/payment.letters.js';
import { CpoLetters } from './use-cases/cpo.letters.js';
import { ReportLetters } from './use-cases/report.letters.js';
import { SilenceLetters } from './use-cases/silence.letters.js';
import { SteeringLetters } from './use-cases/steering.letters.js';
import { RetentionLetters } from './use-cases/retention.letters.js';
import { WebhookLetters } from './use-cases/webhook.letters.js';
import { LETTER_READERS, type Readers } from './use-cases/readers.js';
import { ResultsLetter } from './use-cases/results.letter.js';

/** In the order in which their readers are put together below. */
const WRITERS = [
  AccountLetters,
  DossierLetters,
  ResultsLetter,
  CommitteeLetters,
  ActLetters,
  PaymentLetters,
  ReportLetters,
  CpoLetters,
  SteeringLetters,
  SilenceLetters,
  WebhookLetters,
  RetentionLetters,
  DossierMessageLetters,
  DocumentLetters,
];

/** Every kind of message has one reader: the compiler holds it. */
const READERS: FactoryProvider<Readers> = {
  provide: LETTER_READERS,
  inject: [...WRITERS],
  useFactory: (
    account: AccountLetters,
    dossier: DossierLetters,
    results: ResultsLetter,
    committee: CommitteeLetters,
    act: ActLetters,
    payment: PaymentLetters,
    report: ReportLetters,
    cpo: CpoLetters,
    steering: SteeringLetters,
    silence: SilenceLetters,
    webhook: WebhookLetters,
    retention: RetentionLetters,
    dossierMessage: DossierMessageLetters,
    document: DocumentLetters,
  ): Readers => ({
    ...account.readers,
    ...dossier.readers,
    ...results.readers,
    ...committee.readers,
    ...act.readers,
    ...payment.readers,
    ...report.readers,
    ...cpo.readers,
    ...steering.readers,
    ...silence.readers,
    ...webhook.readers,
    ...retention.readers,
    ...dossierMessage.readers,
    ...document.readers,
  }),
};

/** What messages say, and who writes them. */
export const LETTERS = [
  ...[
    LetterRepository,
    CommitteeFactsRepository,
    ActFactsRepository,
    PaymentFactsRepository,
    ReportFactsRepository,
    CpoFactsRepository,
    SteeringFactsRepository,
    SilenceFactsRepository,
    RetentionFactsRepository,
    DossierMessageFactsRepository,
    DocumentFactsRepository,
  ],
  ...WRITERS,
  ...[READERS, Letters],
];
