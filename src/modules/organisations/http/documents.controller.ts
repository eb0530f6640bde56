import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { FileLinkResponse, toFileLinkResponse } from '../../../platform/http/file-link.response.js';
import { Create, List, Read } from '../../../platform/http/operation.js';
import { Id, Me, Paging } from '../../../platform/http/params.js';
import { AddDocument } from '../use-cases/add-document.js';
import { DocumentQueries } from '../use-cases/document.queries.js';
import { AddDocumentRequest, DocumentsQuery } from './documents.requests.js';
import { OrganisationDocumentResponse, toDocumentPage, toDocumentResponse } from './documents.responses.js';

@ApiTags('Structures')
@Controller('v1')
export class DocumentsController {
  constructor(
    private readonly addDocument: AddDocument,
    private readonly queries: DocumentQueries,
  ) {}

  @Create('organisations/:id/documents', {
    summary: 'Donner un document de la structure',
    description: 'Une fois pour tous ses dossiers. Il remplace celui du même genre, qui reste lisible.',
    permission: 'organisation-document.add',
    answers: OrganisationDocumentResponse,
    refusals: {
      409: ['FILE_ALREADY_USED'],
      422: [
        ...['FILE_UNKNOWN', 'FILE_OF_ANOTHER_PURPOSE'],
        ...['ISSUED_IN_THE_FUTURE', 'VALIDITY_ENDS_BEFORE_ISSUE', 'DOCUMENT_ALREADY_EXPIRED'],
      ],
    },
  })
  add(
    @Id() organisationId: string,
    @Body() { kind, fileId, issuedOn, validUntil }: AddDocumentRequest,
    @Me() actor: Actor,
  ): Promise<OrganisationDocumentResponse> {
    const given = { organisationId, kind, fileId, issuedOn: issuedOn ?? null, validUntil: validUntil ?? null };
    return this.addDocument.execute(given, actor).then(toDocumentResponse);
  }

  @List('organisations/:id/documents', {
    summary: 'Les documents d’une structure, le dernier donné d’abord',
    permission: 'organisation-document.read',
    answers: OrganisationDocumentResponse,
  })
  list(
    @Id() organisationId: string,
    @Query() { current }: DocumentsQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<OrganisationDocumentResponse>> {
    return this.queries.ofOrganisation(organisationId, current, page, actor).then(toDocumentPage);
  }

  @Read('documents/:id', {
    summary: 'Un document d’une structure',
    permission: 'organisation-document.read',
    answers: OrganisationDocumentResponse,
  })
  get(@Id() id: string, @Me() actor: Actor): Promise<OrganisationDocumentResponse> {
    return this.queries.one(id, actor).then(toDocumentResponse);
  }

  @Read('documents/:id/link', {
    summary: 'Demander un lien vers le fichier d’un document, valable cinq minutes',
    description: 'Qui ouvre un RIB est consigné.',
    permission: 'organisation-document.read',
    answers: FileLinkResponse,
  })
  link(@Id() id: string, @Me() actor: Actor): Promise<FileLinkResponse> {
    return this.queries.link(id, actor).then(toFileLinkResponse);
  }
}
