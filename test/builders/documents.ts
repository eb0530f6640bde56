import type { Response } from 'supertest';
import type { TestApp } from '../setup/app.js';
import { anUploadedFile } from './files.js';
import { signedInNow, type Person } from './people.js';

interface Given {
  readonly kind?: string;
  readonly issuedOn?: string;
  readonly validUntil?: string;
}

/** Uploads a PDF and gives it as a document of the organisation: its statutes, unless said. */
export async function addDocument(app: TestApp, by: Person, organisationId: string, given: Given = {}): Promise<Response> {
  const auth = await signedInNow(app, by);
  const fileId = await anUploadedFile(app, { ...by, auth }, { purpose: 'organisation-document', name: 'Document.pdf' });
  return app.http
    .post(`/v1/organisations/${organisationId}/documents`)
    .set(auth)
    .send({ kind: 'statutes', fileId, ...given });
}

/** What must be accepted. Gives the id. */
export async function aDocument(app: TestApp, by: Person, organisationId: string, given: Given = {}): Promise<string> {
  const { status, body } = await addDocument(app, by, organisationId, given);
  if (status !== 201) throw new Error(`not added: ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
}
