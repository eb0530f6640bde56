import type { Response } from 'supertest';
import { parisDay } from '../../src/kernel/paris-day.js';
import { ACT_INVARIANTS } from '../../src/modules/agreements/index.js';
import { PrepareActs } from '../../src/modules/agreements/use-cases/prepare-acts.js';
import type { TestApp } from '../setup/app.js';
import type { CallBody } from './calls.js';
import type { Applicant } from './dossiers.js';
import { anEnvelope, aPrefecture, aSubmittedLine, funderId, lineRow, type SubmittedLine } from './funding.js';
import { aPerson, GRANTS, type Person } from './people.js';

/** An act as the API answers it. */
export interface ActBody {
  readonly id: string;
  readonly number: string;
  readonly kind: string;
  readonly state: string;
  readonly version: number;
  readonly organisationId: string;
  readonly amountCents: number;
  readonly isBilateral: boolean;
  readonly signedOn: string | null;
  readonly notifiedOn: string | null;
  readonly paymentDueOn: string | null;
  readonly mustPublishAccounts: boolean;
  readonly contentSha256: string;
  readonly lines: readonly { readonly lineId: string; readonly amountCents: number }[];
}

export interface AnnouncedOptions {
  readonly call?: CallBody;
  readonly applicant?: Applicant;
  readonly funder?: string;
  readonly grantedCents?: number;
  readonly requestedCents?: number;
  /** Null for a funder that keeps none here. */
  readonly envelopeId?: string | null;
  readonly refused?: boolean;
}

/** A line whose decision was told. Written straight to the database, its envelope and its ledger with it. */
export async function anAnnouncedLine(app: TestApp, options: AnnouncedOptions = {}): Promise<SubmittedLine> {
  const { grantedCents = 500_000, requestedCents = grantedCents, funder = 'P147-94', refused = false } = options;
  const { call, applicant } = options;
  const line = await aSubmittedLine(app, { funder, requestedCents, ...(call ? { call } : {}), ...(applicant ? { applicant } : {}) });
  if (refused) {
    await app.query(
      `UPDATE funding_lines SET state = 'refusal-announced', decision_reason = 'Relève du droit commun', decided_at = now(), announced_at = now() WHERE id = $1`,
      [line.id],
    );
    return line;
  }
  const envelopeId = options.envelopeId === undefined ? await anEnvelope(app, { funder, ceilingCents: 100_000_000 }) : options.envelopeId;
  if (envelopeId !== null) {
    await app.query(
      `WITH moved AS (UPDATE envelopes SET committed_cents = committed_cents + $2 WHERE id = $1 RETURNING id, created_by)
       INSERT INTO movements (id, envelope_id, kind, ae_cents, cp_cents, funding_line_id, actor_id, at)
       SELECT gen_random_uuid(), id, 'commit', $2, $2, $3, created_by, now() FROM moved`,
      [envelopeId, grantedCents, line.id],
    );
  }
  await app.query(
    `UPDATE funding_lines SET state = 'announced', granted_cents = $2, envelope_id = $3, committed_cents = $4, decided_at = now(), decided_on = current_date,
       announced_at = now(), proposed_by = $5, decided_by = $6 WHERE id = $1`,
    [line.id, grantedCents, envelopeId, envelopeId === null ? 0 : grantedCents, line.dossier.editor.id, line.dossier.signatory.id],
  );
  return line;
}

/** Who makes the acts of a funder. */
export const anActMaker = (app: TestApp, funder = 'P147-94'): Promise<Person> =>
  funder.startsWith('P147-') ? aPrefecture(app, funder.slice(5)) : aPerson(app, { grants: [GRANTS.partnerOf(funder)] });

export async function askActs(app: TestApp, by: Person, callId: string, over: object = {}, funder = 'P147-94'): Promise<Response> {
  return app.http
    .post('/v1/acts/prepare')
    .set(by.auth)
    .send({ callId, funderId: await funderId(app, funder), ...over });
}

export const runPreparation = (app: TestApp, operationId: string): Promise<void> =>
  app.app.get(PrepareActs, { strict: false }).execute(operationId);

/** Asks for the acts and prepares them here and now. Gives the operation's id. */
export async function prepareActs(app: TestApp, by: Person, callId: string, over: object = {}, funder = 'P147-94'): Promise<string> {
  const { body, status } = await askActs(app, by, callId, over, funder);
  if (status !== 202) throw new Error(`not asked: ${JSON.stringify(body)}`);
  const { id } = body as { id: string };
  await runPreparation(app, id);
  return id;
}

export async function actsOf(app: TestApp, by: Person, query: Readonly<Record<string, string>>): Promise<readonly ActBody[]> {
  const { body } = await app.http
    .get('/v1/acts')
    .query({ limit: '100', ...query })
    .set(by.auth)
    .expect(200);
  return (body as { data: ActBody[] }).data;
}

/** One act on an act, at the version it has (or at `version`). */
export async function onAct(app: TestApp, by: Person, actId: string, act: string, body: object = {}, version?: number): Promise<Response> {
  const [row] = await app.query<{ version: number }>('SELECT version FROM acts WHERE id = $1', [actId]);
  return app.http
    .post(`/v1/acts/${actId}/${act}`)
    .set(by.auth)
    .set('If-Match', `"${version ?? row?.version ?? 0}"`)
    .send(body);
}

export const today = (app: TestApp): string => parisDay(app.clock.now());
export const signature = (app: TestApp, over: object = {}): object => ({
  signedOn: today(app),
  method: 'platform',
  place: 'Créteil',
  ...over,
});

/** The one act of a line's organisation, prepared by `by`. */
export async function aPreparedAct(app: TestApp, by: Person, line: SubmittedLine, funder = 'P147-94'): Promise<ActBody> {
  await prepareActs(app, by, line.callId, { organisationIds: [line.dossier.organisationId] }, funder);
  const [act] = (await actsOf(app, by, { organisationId: line.dossier.organisationId })).filter(({ state }) => state === 'prepared');
  if (!act) throw new Error('no act was prepared');
  return act;
}

/** Signed by both if it binds both, and notified. */
export async function aNotifiedAct(app: TestApp, by: Person, line: SubmittedLine, funder = 'P147-94'): Promise<ActBody> {
  const act = await aPreparedAct(app, by, line, funder);
  const both = act.isBilateral ? { beneficiarySignedOn: today(app) } : {};
  for (const [verb, body] of [
    ['sign', signature(app, both)],
    ['notify', {}],
  ] as const) {
    const answer = await onAct(app, by, act.id, verb, body);
    if (answer.status !== 200) throw new Error(`${verb}: ${JSON.stringify(answer.body)}`);
  }
  return (await app.http.get(`/v1/acts/${act.id}`).set(by.auth).expect(200)).body as ActBody;
}

/** Every invariant of acts that does not hold, with its faults. */
export async function actFaults(app: TestApp): Promise<{ name: string; faults: unknown[] }[]> {
  const checked = await Promise.all(ACT_INVARIANTS.map(async ({ name, faults }) => ({ name, faults: await app.query<unknown>(faults) })));
  return checked.filter(({ faults }) => faults.length > 0);
}

export { lineRow };
