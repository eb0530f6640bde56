import type { Response } from 'supertest';
import { PrepareActs } from '../../../src/modules/agreements/use-cases/prepare-acts.js';
import { AnnounceResults } from '../../../src/modules/programming/use-cases/announce-results.js';
import { AccessTokens } from '../../../src/platform/auth/access-tokens.js';
import { aCall, aCoordinator } from '../../builders/calls.js';
import { aMultiYearDossier, anEnvelopeOf } from '../../builders/cpos.js';
import { aPocket, enterPocketLimit } from '../../builders/envelopes.js';
import { aFiledDossier } from '../../builders/filed-dossier.js';
import { aDelegate, aPrefecture, funderId } from '../../builders/funding.js';
import { aPerson, GRANTS } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import type { FunderCode, Hands, ModelAction, ModelEnvelope, ModelLine, MoneyModel } from './model/money-model.js';
import type { Reach } from './reach.js';
import { MoneyWatch } from './watch/watch.js';

/** The real service, and what can be asked of it besides one act on one thing. */
export interface MoneyWorld {
  readonly app: TestApp;
  readonly callId: string;
  readonly funders: Readonly<Record<FunderCode, string>>;
  readonly watch: MoneyWatch;
  /** Where what is done, and refused, is counted. */
  readonly reach: Reach;
  announce(model: MoneyModel): Promise<void>;
  prepareActs(model: MoneyModel, funder: FunderCode): Promise<void>;
  limitPockets(model: MoneyModel, base: number): Promise<Response>;
  /** Everybody signs in again: their tokens are of another day. */
  pass(model: MoneyModel, to: string): Promise<void>;
}

const BEGINS = '2026-11-02';
const YEAR = 2027;
const REQUESTED = 1_000;
/** Filed dossiers: what each asks of whom. The last one is for an action in a poverty pocket. */
const FILED: readonly (readonly FunderCode[])[] = [['P147-94', 'CD94'], ['P147-94', 'CD94'], ['P147-94'], ['P147-94']];
const ENVELOPES: readonly (readonly [FunderCode, number, number])[] = [
  ...([2_500, 1_200, 600] as const).map((cents) => ['P147-94', YEAR, cents] as const),
  ['CD94', YEAR, 1_500],
  ...[YEAR + 1, YEAR + 2].map((year) => ['P147-94', year, 1_000] as const),
];

const newLine = (id: string, action: ModelAction, funder: FunderCode, year: number, state: string): ModelLine => ({
  ...{ id, action, funder, year, state, requested: REQUESTED, proposed: 0, proposer: null, granted: 0, paid: 0, envelope: null },
  ...{ held: false, act: 'none', session: null, payments: [], settlement: null, repayment: null },
});

/** A service of its own, with a call, its dossiers, and envelopes that cannot hold them all. */
export async function aMoneyWorld(): Promise<{ model: MoneyModel; real: Omit<MoneyWorld, 'reach'> }> {
  const app = await startApp();
  app.clock.set(`${BEGINS}T09:00:00Z`);
  const coordinator = await aCoordinator(app);
  const call = await aCall(app, { by: coordinator });
  const applicants = new Map<ModelAction, { editor: Hands['partner']; signatory: Hands['partner'] }>();
  const filed = await fileDossiers(app, call.id, applicants);
  const cpoLines = await fileMultiYear(app, call, applicants);
  const envelopes: ModelEnvelope[] = [];
  for (const [funder, year, ceiling] of ENVELOPES) {
    const id = await anEnvelopeOf(app, year, { funder, ceilingCents: ceiling });
    envelopes.push({ id, funder, year, parent: null, sector: null, ceiling, reserved: 0, committed: 0, delegated: 0, paid: 0 });
  }
  const staff = [await aDelegate(app), await aPrefecture(app), await aPrefecture(app)] as const;
  const hands: Hands = { staff, partner: await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] }), coordinator, applicants };
  const pocketBase = 700 * 40;
  await enterPocketLimit(app, pocketBase, { year: YEAR, by: staff[1] });
  const funders = { 'P147-94': await funderId(app, 'P147-94'), CD94: await funderId(app, 'CD94') };
  const model: MoneyModel = {
    hands,
    envelopes,
    lines: [...filed, ...cpoLines],
    sessions: [],
    cpoLines,
    cpo: null,
    pocketBase,
    today: BEGINS,
  };
  const real = { app, callId: call.id, funders, watch: await MoneyWatch.begin(app.query), ...doers(app, call.id, funders) };
  return { model, real };
}

type Applicants = Map<ModelAction, { editor: Hands['partner']; signatory: Hands['partner'] }>;

/** Every other one is instructed already. */
async function fileDossiers(app: TestApp, callId: string, applicants: Applicants): Promise<ModelLine[]> {
  const lines: ModelLine[] = [];
  for (const [rank, asked] of FILED.entries()) {
    const { id, actionId, lineIds, editor, signatory } = await aFiledDossier(app, {
      callId,
      lines: asked.map((funder) => ({ funder, requestedCents: REQUESTED })),
    });
    const inPocket = rank === FILED.length - 1;
    if (inPocket) await app.query('UPDATE actions SET pocket_id = $2 WHERE id = $1', [actionId, await aPocket(app)]);
    await app.query(`UPDATE dossiers SET state = 'admissible', admissibility_at = now() WHERE id = $1`, [id]);
    const state = rank % 2 === 0 ? 'instructed' : 'requested';
    await app.query('UPDATE funding_lines SET state = $2 WHERE dossier_id = $1', [id, state]);
    const action: ModelAction = {
      id: actionId,
      sectors: await sectorsOf(app, actionId),
      inPocket,
      multiYear: false,
      reports: new Map(),
      opened: new Set(),
    };
    applicants.set(action, { editor, signatory });
    asked.forEach((funder, index) => lines.push(newLine(lineIds[index] ?? '', action, funder, YEAR, state)));
  }
  return lines;
}

async function fileMultiYear(app: TestApp, call: Awaited<ReturnType<typeof aCall>>, applicants: Applicants): Promise<ModelLine[]> {
  const dossier = await aMultiYearDossier(app, { call, requestedCents: REQUESTED });
  const { actionId: id, editor, signatory } = dossier;
  await app.query(`UPDATE funding_lines SET state = 'instructed' WHERE action_id = $1`, [id]);
  const action: ModelAction = {
    id,
    sectors: await sectorsOf(app, id),
    inPocket: false,
    multiYear: true,
    reports: new Map(),
    opened: new Set(),
  };
  applicants.set(action, { editor, signatory });
  return dossier.lineIds.map((lineId, rank) => newLine(lineId, action, 'P147-94', dossier.years[rank] ?? 0, 'instructed'));
}

async function sectorsOf(app: TestApp, actionId: string): Promise<ReadonlySet<string>> {
  const rows = await app.query<{ code: string }>(`SELECT code FROM action_territories WHERE action_id = $1 AND kind = 'sector'`, [
    actionId,
  ]);
  return new Set(rows.map(({ code }) => code));
}

type Doers = Pick<MoneyWorld, 'announce' | 'prepareActs' | 'limitPockets' | 'pass'>;

function doers(app: TestApp, callId: string, funders: MoneyWorld['funders']): Doers {
  return {
    announce: async ({ hands: { coordinator } }) => {
      const [row] = await app.query<{ version: number }>('SELECT version FROM calls WHERE id = $1', [callId]);
      const asking = app.http
        .post(`/v1/calls/${callId}/announce-results`)
        .set(coordinator.auth)
        .set('If-Match', `"${row?.version ?? 0}"`);
      const { id } = (await asking.send({}).expect(202)).body as { id: string };
      await app.app.get(AnnounceResults, { strict: false }).execute(id);
    },
    prepareActs: async ({ hands: { staff, partner } }, funder) => {
      const asking = app.http.post('/v1/acts/prepare').set((funder === 'CD94' ? partner : staff[1]).auth);
      const { id } = (await asking.send({ callId, funderId: funders[funder] }).expect(202)).body as { id: string };
      await app.app.get(PrepareActs, { strict: false }).execute(id);
    },
    limitPockets: ({ hands: { staff } }, base) => enterPocketLimit(app, base, { year: YEAR, by: staff[1] }),
    pass: async ({ hands: { staff, partner, coordinator, applicants } }, to) => {
      app.clock.set(`${to}T09:00:00Z`);
      const organisations = [...applicants.values()].flatMap(({ editor, signatory }) => [editor, signatory]);
      for (const { id, auth } of [...staff, partner, coordinator, ...organisations]) {
        const [session] = await app.query<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1', [id]);
        auth.Authorization = `Bearer ${await app.app.get(AccessTokens).issue({ userId: id, sessionId: session?.id ?? '' }, app.clock.now())}`;
      }
    },
  };
}
