import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Change, Create, List, Read } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { showingCurrent } from '../../../platform/http/showing-current.js';
import { CreateDossier } from '../use-cases/create-dossier.js';
import { DossierQueries } from '../use-cases/dossier.queries.js';
import { EditDossier } from '../use-cases/edit-dossier.js';
import { ChangeDossierRequest, CreateDossierRequest, DossiersQuery } from './dossier.requests.js';
import {
  CompletenessResponse,
  DossierDetailResponse,
  DossierResponse,
  DossierRowResponse,
  toDossierDetailResponse,
  toDossierResponse,
  toDossierRowResponse,
} from './dossier.responses.js';

@ApiTags('Dossiers')
@Controller('v1/dossiers')
export class DossiersController {
  constructor(
    private readonly queries: DossierQueries,
    private readonly createDossier: CreateDossier,
    private readonly editDossier: EditDossier,
  ) {}

  @List('', {
    summary: 'Lister les dossiers de son périmètre',
    description: 'Un brouillon n’est vu que de sa structure.',
    permission: 'dossier.read',
    answers: DossierRowResponse,
  })
  list(
    @Query() { limit: _limit, cursor: _cursor, count: _count, ...filter }: DossiersQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<DossierRowResponse>> {
    return this.queries.list(filter, page, actor).then((found) => ({ ...found, rows: found.rows.map(toDossierRowResponse) }));
  }

  @Create('', {
    summary: 'Commencer un dossier',
    description: 'Pendant l’ouverture de l’appel.',
    permission: 'dossier.create',
    answers: DossierResponse,
    refusals: { 409: ['CALL_NOT_OPEN', 'CALL_CLOSED', 'REPORT_OVERDUE'], 422: ['UNKNOWN_CALL', 'UNKNOWN_TRACK'] },
  })
  create(@Body() body: CreateDossierRequest, @Me() actor: Actor): Promise<DossierResponse> {
    return this.createDossier.execute(body, actor).then(toDossierResponse);
  }

  @Read(':id', { summary: 'Lire un dossier, ses actions et ses budgets', permission: 'dossier.read', answers: DossierDetailResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<DossierDetailResponse> {
    return this.queries.get(id, actor).then(toDossierDetailResponse);
  }

  @Change(':id', {
    summary: 'Modifier le titre ou le volet d’un dossier',
    description: 'Toute modification annule l’attestation ; redire ce qui est déjà dit ne change rien.',
    permission: 'dossier.edit',
    answers: DossierResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED', 'CALL_NOT_OPEN', 'CALL_CLOSED'], 422: ['UNKNOWN_TRACK'] },
  })
  change(
    @Id() dossierId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: ChangeDossierRequest,
    @Me() actor: Actor,
  ): Promise<DossierResponse> {
    const edit = this.editDossier.execute({ ...body, dossierId, version }, actor).then(toDossierResponse);
    return showingCurrent<DossierResponse>(edit, () => this.get(dossierId, actor));
  }

  @Read(':id/completeness', {
    summary: 'Dire ce qui manque avant le dépôt',
    permission: 'dossier.read-file',
    answers: CompletenessResponse,
  })
  completeness(@Id() id: string, @Me() actor: Actor): Promise<CompletenessResponse> {
    return this.queries.completeness(id, actor).then(({ complete, missing }) => ({ complete, missing: [...missing] }));
  }
}
