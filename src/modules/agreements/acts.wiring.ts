import { ActBatchesController } from './http/act-batches.controller.js';
import { ActsController } from './http/acts.controller.js';
import { PublicMoneyController } from './http/public-money.controller.js';
import { PrepareActsJob } from './jobs/prepare-acts.job.js';
import { ActBatchRepository } from './persistence/act-batch.repository.js';
import { ActDocumentRepository } from './persistence/act-document.repository.js';
import { ActFacts } from './persistence/act-facts.repository.js';
import { ActReadings } from './persistence/act-reading.repository.js';
import { ActRepository } from './persistence/act.repository.js';
import { ActBatches } from './use-cases/act-batches.js';
import { ActDocuments } from './use-cases/act-documents.js';
import { ActLines } from './use-cases/act-lines.js';
import { ActPreparation } from './use-cases/act-preparation.js';
import { ActWriter } from './use-cases/act-writer.js';
import { ActQueries } from './use-cases/act.queries.js';
import { AskPreparation } from './use-cases/ask-preparation.js';
import { CpoActs } from './use-cases/cpo-acts.js';
import { NotifyAct } from './use-cases/notify-act.js';
import { NotifyBatch } from './use-cases/notify-batch.js';
import { PreparationSources } from './use-cases/preparation-sources.js';
import { PrepareActs } from './use-cases/prepare-acts.js';
import { PrepareAmendment } from './use-cases/prepare-amendment.js';
import { SignAct } from './use-cases/sign-act.js';
import { SignBatch } from './use-cases/sign-batch.js';
import { VoidAct } from './use-cases/void-act.js';

/** The acts that grant, amend and refuse: from the announced decision to the notified document. */
export const ACTS = {
  controllers: [ActsController, ActBatchesController, PublicMoneyController],
  providers: [
    ...[ActRepository, ActFacts, ActReadings, ActDocumentRepository, ActBatchRepository],
    ...[ActLines, ActWriter, ActPreparation, ActDocuments, CpoActs, ActQueries, PreparationSources],
    ...[AskPreparation, PrepareActs, PrepareActsJob, SignAct, NotifyAct, VoidAct, PrepareAmendment],
    ...[ActBatches, SignBatch, NotifyBatch],
  ],
  exports: [CpoActs, AskPreparation, SignAct, NotifyAct],
};
