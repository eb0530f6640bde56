import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { ActorLoader } from '../../platform/auth/actor.js';
import { JobRegistry } from '../../platform/queue/index.js';
import { IdentityModule } from '../identity/index.js';
import { TerritoryModule } from '../territory/index.js';
import { DocumentsController } from './http/documents.controller.js';
import { MeController } from './http/me.controller.js';
import { MembershipsController } from './http/memberships.controller.js';
import { OrganisationsController } from './http/organisations.controller.js';
import { ORGANISATIONS_EVENTS } from './organisations.events.js';
import { BlockRepository } from './persistence/block.repository.js';
import { DocumentRepository } from './persistence/document.repository.js';
import { MembershipRepository } from './persistence/membership.repository.js';
import { OrganisationRepository } from './persistence/organisation.repository.js';
import { RecusalRepository } from './persistence/recusal.repository.js';
import { RightsRepository } from './persistence/rights.repository.js';
import { AddDocument } from './use-cases/add-document.js';
import { AskToJoin } from './use-cases/ask-to-join.js';
import { CreateOrganisation } from './use-cases/create-organisation.js';
import { DecideOnMembership } from './use-cases/decide-on-membership.js';
import { DocumentQueries } from './use-cases/document.queries.js';
import { LeaveOrganisation } from './use-cases/leave-organisation.js';
import { Me } from './use-cases/me.js';
import { MembershipsQueries } from './use-cases/memberships.queries.js';
import { OrganisationBlocks } from './use-cases/organisation-blocks.js';
import { OrganisationsQueries } from './use-cases/organisations.queries.js';
import { Recusals } from './use-cases/recusals.js';
import { RightsLoader } from './use-cases/rights.loader.js';
import { Seat } from './use-cases/seat.js';
import { UpdateOrganisation } from './use-cases/update-organisation.js';
import { VerifySignatory } from './use-cases/verify-signatory.js';

const REPOSITORIES = [
  BlockRepository,
  DocumentRepository,
  MembershipRepository,
  OrganisationRepository,
  RecusalRepository,
  RightsRepository,
];
const ACTS = [
  CreateOrganisation,
  UpdateOrganisation,
  AskToJoin,
  DecideOnMembership,
  VerifySignatory,
  LeaveOrganisation,
  Recusals,
  Seat,
  AddDocument,
];
const READS = [OrganisationsQueries, MembershipsQueries, DocumentQueries, Me];

/** Global because it tells the platform who acts, and dossiers whether an organisation may ask. */
@Global()
@Module({
  imports: [IdentityModule, TerritoryModule],
  controllers: [OrganisationsController, MembershipsController, DocumentsController, MeController],
  providers: [...REPOSITORIES, ...ACTS, ...READS, OrganisationBlocks, { provide: ActorLoader, useClass: RightsLoader }],
  exports: [ActorLoader, OrganisationBlocks],
})
export class OrganisationsModule implements OnModuleInit {
  constructor(private readonly registry: JobRegistry) {}

  onModuleInit(): void {
    this.registry.declare(...ORGANISATIONS_EVENTS);
  }
}
