import type { TestApp } from '../../setup/app.js';
import type { People } from './personas.js';

/** A file of decisions of the Val-de-Marne about A's dossier. */
export async function buildApproval(app: TestApp, people: People, cd94: string, dossierNumber: string) {
  const { body } = await app.http
    .post(`/v1/decision-imports?funderId=${cd94}`)
    .set({ ...people.cd94.auth, 'Content-Type': 'text/csv' })
    .send(`numéro de dossier;action;montant accordé;référence;date\n${dossierNumber};;10;CP 1;2026-01-01\n`)
    .expect(201);
  return { decisionImport: (body as { id: string }).id };
}
