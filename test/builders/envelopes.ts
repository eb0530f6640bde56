import type { Response } from 'supertest';
import { newId } from '../../src/kernel/id.js';
import type { TestApp } from '../setup/app.js';
import { aSubmittedDossier } from './dossiers.js';
import { lineYear, type LineOptions, type SubmittedLine } from './funding.js';
import { aPerson, GRANTS, type Person } from './people.js';

export interface EnvelopeBody {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

export async function envelopeBody(app: TestApp, by: Person, id: string): Promise<EnvelopeBody> {
  const { body } = await app.http.get(`/v1/envelopes/${id}`).set(by.auth).expect(200);
  return body as EnvelopeBody;
}

/** One act on an envelope, at the version it has (or at `version`). */
export async function actOnEnvelope(
  app: TestApp,
  by: Person,
  id: string,
  act: string,
  body: object,
  version?: number | null,
): Promise<Response> {
  const [row] = await app.query<{ version: number }>('SELECT version FROM envelopes WHERE id = $1', [id]);
  const expected = version === undefined ? (row?.version ?? 0) : version;
  const asked = app.http.post(`/v1/envelopes/${id}/${act}`).set(by.auth);
  return (expected === null ? asked : asked.set('If-Match', `"${expected}"`)).send(body);
}

/** A sub-envelope of the North-East of the Val-de-Marne unless said. Gives its id. */
export async function aSubEnvelope(
  app: TestApp,
  by: Person,
  parentId: string,
  { amountCents = 400_000, ...place }: { sectorCode?: string; inseeCode?: string; amountCents?: number } = {},
): Promise<string> {
  const where = Object.keys(place).length === 0 ? { sectorCode: 'NE' } : place;
  const { status, body } = await actOnEnvelope(app, by, parentId, 'sub-envelopes', { ...where, amountCents });
  if (status !== 201) throw new Error(`not opened: ${JSON.stringify(body)}`);
  return (body as EnvelopeBody).id;
}

/** A poverty pocket of a département; the contract names none in Essonne, where one may come. */
export async function aPocket(app: TestApp, department = '94'): Promise<string> {
  const [pocket] = await app.query<{ id: string }>(
    'SELECT p.id FROM poverty_pockets p JOIN communes c USING (insee_code) WHERE c.department_code = $1 ORDER BY p.name LIMIT 1',
    [department],
  );
  if (pocket) return pocket.id;
  const id = newId();
  await app.query(
    `INSERT INTO poverty_pockets (id, insee_code, name) SELECT $1, min(insee_code), 'Poche' FROM communes WHERE department_code = $2`,
    [id, department],
  );
  return id;
}

/** A line of programme 147 for an action in a poverty pocket, ready to be decided. */
export async function aPocketLine(
  app: TestApp,
  options: LineOptions & { pocketId?: string } = {},
): Promise<SubmittedLine & { pocketId: string }> {
  const { funder = 'P147-94', requestedCents = 500_000 } = options;
  const pocketId = options.pocketId ?? (await aPocket(app, funder.slice(-2)));
  const dossier = await aSubmittedDossier(app, {
    ...(options.call ? { call: options.call } : {}),
    qpv: [],
    action: { pocketId },
    funders: [{ code: funder, cents: requestedCents }],
  });
  await app.query(`UPDATE dossiers SET state = 'admissible', admissibility_at = now() WHERE id = $1`, [dossier.id]);
  const [line] = dossier.lines;
  if (!line) throw new Error('the dossier asks nobody');
  return { id: line.id, dossier, callId: dossier.call.id, year: dossier.year, requestedCents, pocketId };
}

/** Enters what the département has of programme 147 in the year of the lines; again, with the version it has. */
export async function enterPocketLimit(
  app: TestApp,
  baseCents: number,
  { department = '94', year = lineYear(app), by }: { department?: string; year?: number; by?: Person } = {},
): Promise<Response> {
  const prefecture = by ?? (await aPerson(app, { grants: [GRANTS.prefectureOf(department)] }));
  const [known] = await app.query<{ version: number }>('SELECT version FROM pocket_limits WHERE department_code = $1 AND year = $2', [
    department,
    year,
  ]);
  const asked = app.http.put(`/v1/pocket-limits/${department}/${year}`).set(prefecture.auth);
  return (known ? asked.set('If-Match', `"${known.version}"`) : asked).send({ baseCents, source: 'Notification du BOP 147' });
}

/** What pockets use of their limit, as the database counts it; null when no limit was entered. */
export async function pocketUse(app: TestApp, department = '94', year = lineYear(app)): Promise<bigint | null> {
  const [limit] = await app.query<{ used: bigint }>(
    'SELECT used_cents AS used FROM pocket_limits WHERE department_code = $1 AND year = $2',
    [department, year],
  );
  return limit?.used ?? null;
}
