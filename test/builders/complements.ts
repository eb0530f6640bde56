import type { Response } from 'supertest';
import type { TestApp } from '../setup/app.js';
import type { Person } from './people.js';

export interface StandingRow {
  readonly state: string;
  readonly version: number;
  readonly updatedAt: Date;
  readonly rejectionOn: string | null;
}

/** Where a dossier stands in the database. */
export async function standingOf(app: TestApp, dossierId: string): Promise<StandingRow> {
  const [row] = await app.query<StandingRow>(
    'SELECT state, version, updated_at AS "updatedAt", implicit_rejection_on AS "rejectionOn" FROM dossiers WHERE id = $1',
    [dossierId],
  );
  return row!;
}

export const complementBody = (dueOn: string, over: object = {}): object => ({
  reason: 'Le budget ne dit rien des salaires.',
  dueOn,
  items: [{ pointer: '/actions/0/budgets/2027', text: 'Détaillez le compte 64.' }],
  ...over,
});

export async function askComplement(app: TestApp, by: Person, dossierId: string, dueOn: string): Promise<Response> {
  return app.http.post(`/v1/dossiers/${dossierId}/complement-requests`).set(by.auth).send(complementBody(dueOn)).expect(201);
}

export async function answerComplement(app: TestApp, by: Person, dossierId: string, version?: number): Promise<Response> {
  const { version: current } = await standingOf(app, dossierId);
  return app.http
    .post(`/v1/dossiers/${dossierId}/complements`)
    .set(by.auth)
    .set('If-Match', `"${version ?? current}"`)
    .send({ answer: 'Voici le détail des salaires.' });
}
