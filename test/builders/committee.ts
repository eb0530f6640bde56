import type { Response } from 'supertest';
import { newId } from '../../src/kernel/id.js';
import type { TestApp } from '../setup/app.js';
import { aCall, aCoordinator } from './calls.js';
import { aFiledDossier, type FiledDossier, type FiledDossierOptions } from './filed-dossier.js';
import type { Person } from './people.js';

/** The fiscal year of the lines of a filed dossier. */
export const FILED_YEAR = 2027;

/** An envelope for the year of filed dossiers, written straight to the database with its first movement. */
export async function aFiledEnvelope(
  app: TestApp,
  {
    funder = 'P147-94',
    ceilingCents = 10_000_000,
    cpCents = ceilingCents,
  }: { funder?: string; ceilingCents?: number; cpCents?: number } = {},
): Promise<string> {
  const { id: by } = await aCoordinator(app);
  const id = newId();
  await app.query(
    `INSERT INTO envelopes (id, funder_id, programme, year, department_code, ceiling_ae_cents, ceiling_cp_cents, created_by)
     SELECT $1, f.id, $7, $3, f.department_code, $4, $5, $6 FROM funders f WHERE f.code = $2`,
    [id, funder, FILED_YEAR, ceilingCents, cpCents, by, `P147-01 ${id}`],
  );
  await app.query(
    `INSERT INTO movements (id, envelope_id, kind, ae_cents, cp_cents, actor_id, at) VALUES (gen_random_uuid(), $1, 'open', $2, $3, $4, now())`,
    [id, ceilingCents, cpCents, by],
  );
  return id;
}

/** A dossier found admissible, whose lines are instructed. */
export async function anInstructedDossier(
  app: TestApp,
  options: FiledDossierOptions & { multiYear?: boolean; admissible?: boolean; orientation?: string } = {},
): Promise<FiledDossier> {
  const { multiYear = false, admissible = true, orientation = 'O1', ...filed } = options;
  const dossier = await aFiledDossier(app, filed);
  if (admissible) await app.query(`UPDATE dossiers SET state = 'admissible', admissibility_at = now() WHERE id = $1`, [dossier.id]);
  await app.query('UPDATE actions SET multi_year = $2, orientation_code = $3 WHERE id = $1', [dossier.actionId, multiYear, orientation]);
  await app.query(`UPDATE funding_lines SET state = 'instructed' WHERE dossier_id = $1`, [dossier.id]);
  await app.query(
    `UPDATE memberships SET signatory_verified_at = now(), signatory_verified_by = $2, signatory_evidence = 'Statuts'
     WHERE organisation_id = $1 AND is_signatory`,
    [dossier.organisationId, (await aCoordinator(app)).id],
  );
  return dossier;
}

/** As many instructed lines of programme 147 in Val-de-Marne, of one dossier. */
export async function someLines(app: TestApp, callId: string, count: number, requestedCents = 500_000): Promise<FiledDossier> {
  const dossier = await anInstructedDossier(app, { callId, lines: [{ funder: 'P147-94', requestedCents }] });
  const more = Array.from({ length: count - 1 }, () => newId());
  await app.query(
    `INSERT INTO funding_lines (id, action_id, dossier_id, call_id, organisation_id, funder_id, scheme, year, requested_cents, state)
     SELECT n.id, l.action_id, l.dossier_id, l.call_id, l.organisation_id, l.funder_id, 'dispositif ' || n.rank, l.year, l.requested_cents, l.state
     FROM funding_lines l, unnest($2::uuid[]) WITH ORDINALITY AS n (id, rank) WHERE l.id = $1`,
    [dossier.lineIds[0], more],
  );
  return { ...dossier, lineIds: [...dossier.lineIds, ...more] };
}

export interface Session {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly callId: string;
  readonly members: readonly { readonly id: string; readonly userId: string | null; readonly present: boolean | null }[];
  readonly recusals: readonly { readonly memberId: string; readonly organisationId: string; readonly source: string }[];
  readonly quorum: { readonly required: number; readonly present: number; readonly reached: boolean };
  readonly lineCount: number;
}

/** One act on a session or a scenario, at the version it has (or at `version`). */
export async function act(
  app: TestApp,
  by: Person,
  method: 'post' | 'put' | 'patch',
  path: string,
  body: object = {},
  version?: number,
): Promise<Response> {
  const [, table = '', id = ''] = /^\/v1\/(committees|scenarios)\/([^/]+)/.exec(path) ?? [];
  const [row] = version === undefined ? await app.query<{ version: number }>(`SELECT version FROM ${table} WHERE id = $1`, [id]) : [];
  return app.http[method](path)
    .set(by.auth)
    .set('If-Match', `"${version ?? row?.version ?? 1}"`)
    .send(body);
}

export async function done<Body = Session>(answer: Promise<Response>): Promise<Body> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body as Body;
}

export interface SessionOptions {
  readonly by: Person;
  readonly callId?: string;
  readonly lineIds?: readonly string[];
  readonly quorum?: number;
  readonly members?: readonly object[];
}

export const MEMBERS = [
  { name: 'Anne Élue', institution: 'Ville d’Ivry-sur-Seine' },
  { name: 'Bruno Délégué', institution: 'Préfecture du Val-de-Marne', funderCode: 'P147-94' },
  { name: 'Chloé Agente', institution: 'EPT Grand-Orly Seine Bièvre' },
] as const;

/** In preparation, with these lines on its agenda. */
export async function aDraftSession(
  app: TestApp,
  { by, lineIds = [], quorum = 2, members = MEMBERS, ...given }: SessionOptions,
): Promise<Session> {
  const callId = given.callId ?? (await aCall(app)).id;
  const body = { callId, title: 'Comité de mars', heldOn: '2027-03-01', place: 'Orly', quorum, members };
  const session = await done(app.http.post('/v1/committees').set(by.auth).send(body).then());
  return lineIds.length === 0 ? session : done(act(app, by, 'post', `/v1/committees/${session.id}/agenda`, { lineIds }));
}

export async function aConvenedSession(app: TestApp, options: SessionOptions): Promise<Session> {
  const session = await aDraftSession(app, options);
  return done(act(app, options.by, 'post', `/v1/committees/${session.id}/convene`));
}

/** Open, with everybody there. */
export async function aHeldSession(app: TestApp, options: SessionOptions): Promise<Session> {
  const { id, members } = await aConvenedSession(app, options);
  const attendance = { presentMemberIds: members.map((member) => member.id), recusals: [] };
  await done(act(app, options.by, 'put', `/v1/committees/${id}/attendance`, attendance));
  return done(act(app, options.by, 'post', `/v1/committees/${id}/open`));
}

export interface PlannedAmount {
  readonly lineId: string;
  readonly amountCents: number;
  readonly envelopeId?: string;
}

/** A scenario of the session with these amounts. Gives its id. */
export async function aScenario(
  app: TestApp,
  by: Person,
  committeeId: string,
  amounts: readonly PlannedAmount[] = [],
  name = `Scénario ${newId()}`,
): Promise<string> {
  const { id } = await done<{ id: string }>(app.http.post(`/v1/committees/${committeeId}/scenarios`).set(by.auth).send({ name }).then());
  if (amounts.length > 0) await done(act(app, by, 'put', `/v1/scenarios/${id}/amounts`, { amounts }));
  return id;
}

/** Held, with a scenario of these amounts adopted. */
export async function anAdoptedSession(app: TestApp, options: SessionOptions, amounts: readonly PlannedAmount[]): Promise<Session> {
  const session = await aHeldSession(app, options);
  const scenarioId = await aScenario(app, options.by, session.id, amounts);
  await done(act(app, options.by, 'post', `/v1/scenarios/${scenarioId}/adopt`));
  return session;
}

export const codeOf = async (answer: Promise<Response>): Promise<readonly [number, string | undefined]> => {
  const { status, body } = await answer;
  return [status, (body as { code?: string }).code];
};

/** Pointer and code of every refusal, in the order of pointers. */
export const refusalsOf = ({ body }: Response): string[] =>
  ((body as { errors?: { pointer: string; code: string }[] }).errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`).sort();
