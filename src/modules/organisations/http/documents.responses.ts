import { toJson } from '../../../kernel/money.js';
import type { Page } from '../../../kernel/page.js';
import { CalendarDay, Instant, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { DOCUMENT_KINDS, DOCUMENT_STATES, type DocumentKind, type DocumentState } from '../domain/organisation-document.js';
import type { DocumentView } from '../use-cases/document.queries.js';
import { KIND_WORDS } from './documents.requests.js';

export class OrganisationDocumentResponse {
  @Uuid() id!: string;
  @Uuid() organisationId!: string;
  @OneOf(DOCUMENT_KINDS, { description: KIND_WORDS }) kind!: DocumentKind;
  @Text({ max: 200, description: 'Nom du fichier' }) name!: string;
  @Text({ max: 200 }) mediaType!: string;
  @WholeNumber({ min: 1, max: 99_999_999_999 }) sizeBytes!: number;
  @Text({ max: 64, description: 'Empreinte SHA-256, en hexadécimal' }) sha256!: string;
  @CalendarDay({ nullable: true }) issuedOn!: string | null;
  @CalendarDay({ nullable: true, description: 'Dernier jour où il vaut ; nul : tant qu’il n’est pas remplacé' }) validUntil!: string | null;
  @OneOf(DOCUMENT_STATES, {
    description: 'valid : il vaut ; expiring : plus que trente jours ; expired : il ne vaut plus ; none : il n’a pas de fin',
  })
  state!: DocumentState;
  @Text({ max: 200 }) addedBy!: string;
  @Instant() addedAt!: string;
  @Instant({ nullable: true, description: 'Quand un autre de son genre l’a remplacé' }) supersededAt!: string | null;
}

export function toDocumentResponse(document: DocumentView): OrganisationDocumentResponse {
  const { id, organisationId, kind, name, mediaType, sizeBytes, sha256, issuedOn, validUntil, state } = document;
  return {
    ...{ id, organisationId, kind, name, mediaType, sizeBytes: toJson(sizeBytes), sha256, issuedOn, validUntil, state },
    addedBy: document.addedByName,
    addedAt: document.addedAt.toISOString(),
    supersededAt: document.supersededAt?.toISOString() ?? null,
  };
}

export function toDocumentPage(page: Page<DocumentView>): Page<OrganisationDocumentResponse> {
  return { ...page, rows: page.rows.map(toDocumentResponse) };
}
