import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Create, List, Read } from '../../../platform/http/operation.js';
import { OperationResponse, toOperationResponse } from '../../../platform/http/operation.response.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { AskChorusImport } from '../use-cases/ask-chorus-import.js';
import { AskChorusReversal } from '../use-cases/ask-chorus-reversal.js';
import { ChorusImportQueries } from '../use-cases/chorus-import.queries.js';
import { ConfirmChorusImport } from '../use-cases/confirm-chorus-import.js';
import { ResolveChorusRow } from '../use-cases/resolve-chorus-row.js';
import {
  AskChorusImportRequest,
  ChorusImportResponse,
  ChorusImportsQuery,
  ChorusReasonRequest,
  ChorusRowResponse,
  ChorusRowsQuery,
  ResolveChorusRowRequest,
  ResolvedRowResponse,
  toChorusImportResponse,
  toChorusRowResponse,
  toResolvedRowResponse,
} from './chorus-import.messages.js';

const IN_BACKGROUND = { permission: 'chorus-import.manage', status: 202, answers: OperationResponse } as const;

@ApiTags('Paiements')
@Controller('v1/chorus-imports')
export class ChorusImportsController {
  constructor(
    private readonly askChorusImport: AskChorusImport,
    private readonly confirmChorusImport: ConfirmChorusImport,
    private readonly askChorusReversal: AskChorusReversal,
    private readonly resolveChorusRow: ResolveChorusRow,
    private readonly queries: ChorusImportQueries,
  ) {}

  @Create('', {
    summary: 'Faire lire une extraction Chorus, sans rien appliquer',
    description: 'Le résultat de l’opération est l’import, avec ce qu’est chacune de ses lignes.',
    refusals: { 409: ['FILE_ALREADY_USED'], 422: ['FILE_UNKNOWN', 'FILE_OF_ANOTHER_PURPOSE'] },
    ...IN_BACKGROUND,
  })
  ask(@Body() body: AskChorusImportRequest, @Me() actor: Actor): Promise<OperationResponse> {
    return this.askChorusImport.execute(body, actor).then(toOperationResponse);
  }

  @List('', {
    summary: 'Lister vos imports Chorus, les derniers d’abord',
    permission: 'chorus-import.manage',
    answers: ChorusImportResponse,
  })
  list(
    @Query() { status = undefined }: ChorusImportsQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<ChorusImportResponse>> {
    return this.queries.list(status ?? null, page, actor).then((found) => ({ ...found, rows: found.rows.map(toChorusImportResponse) }));
  }

  @Read(':id', { summary: 'Lire un import Chorus et ses totaux', permission: 'chorus-import.manage', answers: ChorusImportResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<ChorusImportResponse> {
    return this.queries.get(id, actor).then(toChorusImportResponse);
  }

  @List(':id/rows', { summary: 'Lister les lignes d’un import Chorus', permission: 'chorus-import.manage', answers: ChorusRowResponse })
  rows(
    @Id() id: string,
    @Query() { status = undefined }: ChorusRowsQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<ChorusRowResponse>> {
    return this.queries.rows(id, status ?? null, page, actor).then((found) => ({ ...found, rows: found.rows.map(toChorusRowResponse) }));
  }

  @Act(':id/rows/:rowId/resolve', {
    summary: 'Dire de quelle ligne de financement une ligne Chorus est le paiement, ou l’ignorer',
    description: 'If-Match porte la version de l’import. Rien n’est appliqué avant la confirmation.',
    permission: 'chorus-import.manage',
    answers: ResolvedRowResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED', 'CHORUS_ROW_NOT_OPEN'], 422: ['RESOLUTION_UNCLEAR', 'LINE_OUT_OF_REACH'] },
  })
  resolve(
    @Id() importId: string,
    @Id('rowId') rowId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { fundingLineId = undefined, ignore = false }: ResolveChorusRowRequest,
    @Me() actor: Actor,
  ): Promise<ResolvedRowResponse> {
    const command = { importId, version, rowId, lineId: fundingLineId ?? null, ignore };
    return this.resolveChorusRow.execute(command, actor).then(toResolvedRowResponse);
  }

  @Act(':id/confirm', {
    summary: 'Confirmer un import : ses lignes rapprochées deviennent des paiements',
    refusals: { 409: ['ACT_NOT_ALLOWED', 'NOTHING_TO_APPLY'] },
    ...IN_BACKGROUND,
  })
  confirm(@Id() importId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<OperationResponse> {
    return this.confirmChorusImport.execute({ importId, version }, actor).then(toOperationResponse);
  }

  @Act(':id/reverse', {
    summary: 'Annuler tout ce qu’un import a appliqué, par des mouvements contraires',
    refusals: { 409: ['ACT_NOT_ALLOWED'] },
    ...IN_BACKGROUND,
  })
  reverse(
    @Id() importId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { reason }: ChorusReasonRequest,
    @Me() actor: Actor,
  ): Promise<OperationResponse> {
    return this.askChorusReversal.execute({ importId, version, reason }, actor).then(toOperationResponse);
  }
}
