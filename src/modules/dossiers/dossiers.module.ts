import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { CallsModule } from '../calls/index.js';
import { FundingModule } from '../funding/index.js';
import { DOSSIER_EVENTS } from './dossiers.events.js';
import { ActionsController } from './http/actions.controller.js';
import { DossiersController } from './http/dossiers.controller.js';
import { SubmissionController } from './http/submission.controller.js';
import { ActionRepository } from './persistence/action.repository.js';
import { BlockReader } from './persistence/block.reader.js';
import { BudgetRepository } from './persistence/budget.repository.js';
import { ContentRepository } from './persistence/content.repository.js';
import { DossierListRepository } from './persistence/dossier-list.repository.js';
import { DossierRepository } from './persistence/dossier.repository.js';
import { PerimeterRepository } from './persistence/perimeter.repository.js';
import { ActionFile } from './use-cases/action-file.js';
import { AddAction } from './use-cases/add-action.js';
import { AttestDossier } from './use-cases/attest-dossier.js';
import { Attesting } from './use-cases/attesting.js';
import { BudgetFunding } from './use-cases/budget-funding.js';
import { ContentReader } from './use-cases/content.reader.js';
import { CreateDossier } from './use-cases/create-dossier.js';
import { DossierFile } from './use-cases/dossier-file.js';
import { DossierQueries } from './use-cases/dossier.queries.js';
import { EditAction } from './use-cases/edit-action.js';
import { EditDossier } from './use-cases/edit-dossier.js';
import { DossierEditing } from './use-cases/editing.js';
import { ReceiptQueries } from './use-cases/receipt.queries.js';
import { RemoveAction } from './use-cases/remove-action.js';
import { RemoveBudget } from './use-cases/remove-budget.js';
import { RequestAttestation } from './use-cases/request-attestation.js';
import { SubmitDossier } from './use-cases/submit-dossier.js';
import { WithdrawDossier } from './use-cases/withdraw-dossier.js';
import { WriteBudget } from './use-cases/write-budget.js';

const REPOSITORIES = [
  ...[DossierRepository, PerimeterRepository, ActionRepository, BudgetRepository, ContentRepository, DossierListRepository, BlockReader],
];
const SHARED = [DossierFile, ActionFile, DossierEditing, BudgetFunding, ContentReader, Attesting];
const ACTS = [
  CreateDossier,
  EditDossier,
  AddAction,
  EditAction,
  RemoveAction,
  WriteBudget,
  RemoveBudget,
  RequestAttestation,
  AttestDossier,
  SubmitDossier,
  WithdrawDossier,
];

@Module({
  imports: [FundingModule, CallsModule],
  controllers: [DossiersController, SubmissionController, ActionsController],
  providers: [...REPOSITORIES, ...SHARED, ...ACTS, DossierQueries, ReceiptQueries],
  exports: [DossierFile, ActionFile, Attesting],
})
export class DossiersModule implements OnModuleInit {
  constructor(private readonly jobs: JobRegistry) {}

  onModuleInit(): void {
    this.jobs.declare(...DOSSIER_EVENTS);
  }
}
