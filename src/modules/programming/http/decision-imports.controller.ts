import { Controller, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { CsvContent } from '../../../platform/http/csv-content.js';
import { Uuid } from '../../../platform/http/fields.js';
import { Act, Create, Read } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { ApplyDecisionImport } from '../use-cases/apply-decision-import.js';
import { DecisionImportQueries } from '../use-cases/decision-import.queries.js';
import { ImportDecisions } from '../use-cases/import-decisions.js';
import { DecisionImportResponse, toDecisionImportResponse } from './decision-imports.responses.js';

export class DecisionImportQuery {
  @Uuid() funderId!: string;
}

@ApiTags('Programmation')
@Controller('v1/decision-imports')
export class DecisionImportsController {
  constructor(
    private readonly importDecisions: ImportDecisions,
    private readonly applyDecisionImport: ApplyDecisionImport,
    private readonly queries: DecisionImportQueries,
  ) {}

  @Create('', {
    summary: 'Lire les décisions d’un financeur dans un fichier, sans rien enregistrer encore',
    description:
      'CSV en UTF-8, colonnes séparées par « ; » ou « , » : numéro de dossier, action, montant accordé (0 pour un refus), référence, date, motif.',
    permission: 'funding-line.record-decision',
    consumes: ['text/csv'],
    answers: DecisionImportResponse,
    refusals: { 409: ['PROGRAMME_147_NEEDS_APPROVAL'], 422: ['MALFORMED_CSV', 'COLUMNS_MISSING', 'TOO_MANY_ROWS'] },
  })
  @ApiBody({ schema: { type: 'string', maxLength: 1_048_576 } })
  preview(@Query() { funderId }: DecisionImportQuery, @CsvContent() content: Buffer, @Me() actor: Actor): Promise<DecisionImportResponse> {
    return this.importDecisions.execute({ funderId, content }, actor).then(toDecisionImportResponse);
  }

  @Read(':id', {
    summary: 'Relire un fichier de décisions, ligne par ligne',
    permission: 'funding-line.record-decision',
    answers: DecisionImportResponse,
  })
  get(@Id() id: string, @Me() actor: Actor): Promise<DecisionImportResponse> {
    return this.queries.get(id, actor).then(toDecisionImportResponse);
  }

  @Act(':id/apply', {
    summary: 'Enregistrer toutes les décisions reconnues d’un fichier, ou aucune',
    description: 'Une seconde fois ne change rien et répond de même.',
    permission: 'funding-line.record-decision',
    answers: DecisionImportResponse,
    refusals: { 409: ['NOTHING_TO_APPLY', 'IMPORT_REFUSED'] },
  })
  apply(@Id() importId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<DecisionImportResponse> {
    return this.applyDecisionImport.execute({ importId, version }, actor).then(toDecisionImportResponse);
  }
}
