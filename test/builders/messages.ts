import type { Response } from 'supertest';
import type { TestApp } from '../setup/app.js';
import type { Person } from './people.js';

/** Writes in the thread of a dossier, as asked. */
export const postMessage = async (app: TestApp, by: Person, dossierId: string, body: object): Promise<Response> =>
  app.http.post(`/v1/dossiers/${dossierId}/messages`).set(by.auth).send(body);

/** What must be accepted. Gives the id. */
export async function aMessage(
  app: TestApp,
  by: Person,
  dossierId: string,
  text: string,
  visibility: 'all' | 'staff' = 'all',
): Promise<string> {
  const { status, body } = await postMessage(app, by, dossierId, { text, visibility });
  if (status !== 201) throw new Error(`not posted: ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
}
