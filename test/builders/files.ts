import type { Response } from 'supertest';
import type { TestApp } from '../setup/app.js';
import type { Person } from './people.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const A_PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2000, 'x')]);

export interface Upload {
  readonly purpose?: string;
  readonly name?: string;
  readonly type?: string;
  readonly content?: Buffer;
}

/** Uploads as asked; a small PDF for a signed act unless said. */
export async function upload(app: TestApp, by: Person, given: Upload = {}): Promise<Response> {
  const { purpose = 'signed-act', name = 'Convention signée.pdf', type = 'application/pdf', content = A_PDF } = given;
  const query = new URLSearchParams({ purpose, name }).toString();
  return app.http.post(`/v1/files?${query}`).set(by.auth).set('Content-Type', type).send(content);
}

/** Uploads what must be accepted. Gives the id. */
export async function anUploadedFile(app: TestApp, by: Person, given: Upload = {}): Promise<string> {
  const { status, body } = await upload(app, by, given);
  if (status !== 201) throw new Error(`not uploaded: ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
}
