import { aDocument } from '../../builders/documents.js';
import type { TestApp } from '../../setup/app.js';
import type { People } from './personas.js';

export interface DocumentsOfWorld {
  /** Of A: its bank details. */
  readonly organisationDocument: string;
}

export async function buildDocuments(app: TestApp, people: People, organisationId: string): Promise<DocumentsOfWorld> {
  return { organisationDocument: await aDocument(app, people.editorA, organisationId, { kind: 'bank-details' }) };
}
