import type { Response } from 'supertest';
import { parisDay } from '../../src/kernel/paris-day.js';
import { CPO_INVARIANTS, InterimReports } from '../../src/modules/agreements/index.js';
import { newId } from '../../src/kernel/id.js';
import { AccessTokens } from '../../src/platform/auth/access-tokens.js';
import { SYSTEM } from '../../src/platform/auth/system-actor.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { TestApp } from '../setup/app.js';
import { actOn, aDossier, budgetBody, DECLARATIONS, funderId, type DossierFixture, type DossierOptions } from './dossiers.js';
import { aDelegate, aPrefecture, decide, QPV_94 } from './funding.js';
import { aPerson, GRANTS, type Person } from './people.js';

export interface MultiYearDossier extends DossierFixture {
  readonly years: readonly number[];
  readonly funderId: string;
  /** One a year. */
  readonly lineIds: readonly string[];
}

export interface MultiYearOptions extends Pick<DossierOptions, 'applicant' | 'call' | 'qpv'> {
  readonly funder?: string;
  readonly years?: 3 | 4;
  /** A year. */
  readonly requestedCents?: number;
  readonly scheme?: string;
}

/** A multi-year action of an admissible dossier, with a budget and a line a year. */
export async function aMultiYearDossier(app: TestApp, options: MultiYearOptions = {}): Promise<MultiYearDossier> {
  const { funder = 'P147-94', years: count = 3, requestedCents: cents = 500_000, scheme, qpv = [QPV_94], ...given } = options;
  const first = app.clock.now().getUTCFullYear() + 1;
  const years = Array.from({ length: count }, (_, index) => first + index);
  const action = { multiYear: true, endsOn: `${first + count - 1}-12-15` };
  const asked = [{ code: funder, cents, ...(scheme === undefined ? {} : { scheme }) }];
  const begun = await aDossier(app, { ...given, qpv, action, funders: asked });
  let { version } = begun;
  for (const year of years.slice(1)) {
    const { body } = await app.http
      .put(`/v1/actions/${begun.actionId}/budgets/${year}`)
      .set(begun.editor.auth)
      .send(await budgetBody(app, asked))
      .expect(200);
    version = (body as { dossierVersion: number }).dossierVersion;
  }
  const dossier = await actOn(app, { ...begun, version }, 'submit', begun.signatory, DECLARATIONS);
  await app.query(`UPDATE dossiers SET state = 'admissible', admissibility_at = now() WHERE id = $1`, [dossier.id]);
  const lines = await app.query<{ id: string }>('SELECT id FROM funding_lines WHERE action_id = $1 ORDER BY year', [begun.actionId]);
  return { ...dossier, years, funderId: await funderId(app, funder), lineIds: lines.map(({ id }) => id) };
}

/** An envelope of that year. Gives its id. */
export async function anEnvelopeOf(
  app: TestApp,
  year: number,
  options: { funder?: string; ceilingCents?: number; programme?: string } = {},
): Promise<string> {
  const { funder = 'P147-94', ceilingCents = 10_000_000, programme = `P147-01 ${newId()}` } = options;
  const by = await aPerson(app, { grants: [funder.startsWith('P147-') ? GRANTS.prefectureOf(funder.slice(5)) : GRANTS.partnerOf(funder)] });
  const body = { funderId: await funderId(app, funder), programme, year, ceilingAeCents: ceilingCents, ceilingCpCents: ceilingCents };
  const answer = await app.http.post('/v1/envelopes').set(by.auth).send(body).expect(201);
  return (answer.body as { id: string }).id;
}

export interface TrancheBody {
  readonly year: number;
  readonly rank: number;
  readonly amountCents: number;
  readonly state: string;
  readonly lineId: string;
  readonly lineStatus: string;
  readonly envelopeId: string | null;
  readonly reservedCents: number | null;
  readonly committedCents: number | null;
  readonly open: boolean;
  readonly why: string | null;
}

/** A CPO as the API answers it. */
export interface CpoBody {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly code?: string;
  readonly reason: string | null;
  readonly endedOn: string | null;
  readonly tranches: readonly TrancheBody[];
}

export const negotiation = (dossier: MultiYearDossier, amountsCents: readonly number[] = dossier.years.map(() => 300_000)) => ({
  actionId: dossier.actionId,
  funderId: dossier.funderId,
  years: [...dossier.years],
  tranches: dossier.years.map((year, index) => ({ year, amountCents: amountsCents[index] ?? 0 })),
});

/** One act on a CPO, at the version it has (or at `version`). */
export async function actOnCpo(
  app: TestApp,
  by: Person,
  cpoId: string,
  act: string,
  body: object = {},
  version?: number,
): Promise<Response> {
  const [row] = await app.query<{ version: number }>('SELECT version FROM cpos WHERE id = $1', [cpoId]);
  return app.http
    .post(`/v1/cpos/${cpoId}/${act}`)
    .set(by.auth)
    .set('If-Match', `"${version ?? row?.version ?? 0}"`)
    .send(body);
}

/** An act that must succeed. */
export async function done(answer: Promise<Response>): Promise<CpoBody> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`refused: ${status} ${JSON.stringify(body)}`);
  return body as CpoBody;
}

export interface NegotiatedCpo {
  readonly id: string;
  readonly dossier: MultiYearDossier;
  readonly delegate: Person;
  readonly prefecture: Person;
}

/** In negotiation, its first line granted (proposed by the delegate, approved by the prefecture) for the first amount. */
export async function aNegotiatedCpo(
  app: TestApp,
  options: MultiYearOptions & { amountsCents?: readonly number[]; programme?: string } = {},
): Promise<NegotiatedCpo & { firstEnvelopeId: string }> {
  const { amountsCents, programme, ...given } = options;
  const dossier = await aMultiYearDossier(app, given);
  const [delegate, prefecture] = [await aDelegate(app), await aPrefecture(app)];
  const amounts = amountsCents ?? dossier.years.map(() => 300_000);
  const { body } = await app.http.post('/v1/cpos').set(delegate.auth).send(negotiation(dossier, amounts)).expect(201);
  const firstEnvelopeId = await anEnvelopeOf(app, dossier.years[0] ?? 0, programme === undefined ? {} : { programme });
  const [line = ''] = dossier.lineIds;
  await decide(app, delegate, line, 'propose', { amountCents: amounts[0], envelopeId: firstEnvelopeId });
  const approved = await decide(app, prefecture, line, 'approve', { amountCents: amounts[0] });
  if (approved.status !== 200) throw new Error(`not approved: ${JSON.stringify(approved.body)}`);
  return { id: (body as CpoBody).id, dossier, delegate, prefecture, firstEnvelopeId };
}

export const signature = (app: TestApp) => {
  const today = parisDay(app.clock.now());
  return { signedOn: today, beneficiarySignedOn: today, reference: 'CPO 2027-012' };
};

/** Signed by the prefecture, which reserves what the envelopes open by then allow. */
export async function aSignedCpo(
  app: TestApp,
  options: Parameters<typeof aNegotiatedCpo>[1] & { laterCeilings?: readonly (number | null)[] } = {},
): Promise<NegotiatedCpo & { firstEnvelopeId: string; envelopeIds: readonly (string | null)[]; cpo: CpoBody }> {
  const { laterCeilings = [], ...given } = options;
  const programme = given.programme ?? `P147-01 ${newId()}`;
  const negotiated = await aNegotiatedCpo(app, { ...given, programme });
  const envelopeIds: (string | null)[] = [];
  for (const [index, ceilingCents] of laterCeilings.entries()) {
    const year = negotiated.dossier.years[index + 1] ?? 0;
    envelopeIds.push(ceilingCents === null ? null : await anEnvelopeOf(app, year, { ceilingCents, programme }));
  }
  const cpo = await done(actOnCpo(app, negotiated.prefecture, negotiated.id, 'sign', signature(app)));
  return { ...negotiated, envelopeIds, cpo };
}

/** What reporting says once it accepted the report on that year. */
export function acceptReport(app: TestApp, actionId: string, year: number): Promise<void> {
  return app.app.get(UnitOfWork).run(SYSTEM, (tx) => app.app.get(InterimReports).accepted(tx, { actionId, year, reportId: newId() }));
}

/** The same person signed in again, once the clock moved. */
export async function again(app: TestApp, person: Person): Promise<Person> {
  const [session] = await app.query<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1 LIMIT 1', [person.id]);
  const token = await app.app.get(AccessTokens).issue({ userId: person.id, sessionId: session?.id ?? '' }, app.clock.now());
  return { ...person, token, auth: { Authorization: `Bearer ${token}` } };
}

/** Faults of the invariants of CPOs, by name; none, at any instant. */
export async function cpoFaults(app: TestApp): Promise<readonly { name: string; rows: unknown[] }[]> {
  const all = await Promise.all(CPO_INVARIANTS.map(async ({ name, faults }) => ({ name, rows: await app.query(faults) })));
  return all.filter(({ rows }) => rows.length > 0);
}

/** `2027 confirmed`, and so on. */
export const statesOf = ({ tranches }: Pick<CpoBody, 'tranches'>): string[] => tranches.map(({ year, state }) => `${year} ${state}`);
