import { CalendarDay, Flag, OneOf, Uuid } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { DOCUMENT_KINDS, type DocumentKind } from '../domain/organisation-document.js';

export const KIND_WORDS =
  'statutes : statuts ; bank-details : RIB ; officers-list : liste des dirigeants ; annual-accounts : comptes annuels ; activity-report : rapport d’activité ; insurance-certificate : attestation d’assurance ; accreditation : agrément';

export class AddDocumentRequest {
  @OneOf(DOCUMENT_KINDS, { description: KIND_WORDS }) kind!: DocumentKind;
  @Uuid({ description: 'Déposé avec purpose=organisation-document' }) fileId!: string;
  @CalendarDay({ optional: true, description: 'Date du document' }) issuedOn?: string;
  @CalendarDay({ optional: true, description: 'Dernier jour où il vaut. Absent : selon la durée habituelle de son genre, s’il en a une' })
  validUntil?: string;
}

export class DocumentsQuery extends ListQuery {
  @Flag({ optional: true, query: true, description: 'Ceux qui valent (true), ou ceux qui ont été remplacés (false) ; absent : tous' })
  current?: boolean;
}
