import { newId } from '../../../src/kernel/id.js';
import { aCall, aCoordinator } from '../../builders/calls.js';
import {
  act,
  aFiledEnvelope,
  aHeldSession,
  anInstructedDossier,
  aScenario,
  codeOf,
  done,
  someLines,
  type PlannedAmount,
  type Session,
} from '../../builders/committee.js';
import { aPrefecture } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

interface Row {
  readonly code: string;
  readonly lines: number;
  readonly amountCents: number;
  readonly sharedCents: number;
}
interface Totals {
  readonly lines: number;
  readonly funded: number;
  readonly unfunded: number;
  readonly undecided: number;
  readonly requestedCents: number;
  readonly amountCents: number;
  readonly envelopes: readonly {
    envelopeId: string;
    amountCents: number;
    availableCents: number;
    leftCents: number;
    overflowCents: number;
  }[];
  readonly orientations: readonly Row[];
  readonly qpv: readonly Row[];
  readonly communes: readonly Row[];
  readonly sectors: readonly Row[];
  readonly funders: readonly Row[];
  readonly cpo: { readonly agreements: object; readonly p147Money: object };
  readonly refusals: readonly { lineId: string | null; envelopeId: string | null; code: string; detail: string }[];
}

let app: TestApp;
let coordinator: Person;
let callId: string;
beforeAll(async () => {
  app = await startApp();
  coordinator = await aCoordinator(app);
});
beforeEach(async () => {
  callId = (await aCall(app)).id;
});
afterAll(() => app.close());

const held = (lineIds: readonly string[]): Promise<Session> => aHeldSession(app, { by: coordinator, callId, lineIds });
const totalsOf = async (id: string, by = coordinator): Promise<Totals> => {
  const { body } = await app.http.get(`/v1/scenarios/${id}/totals`).set(by.auth).expect(200);
  return body as Totals;
};
const setAmounts = (id: string, amounts: readonly PlannedAmount[], by = coordinator, version?: number) =>
  act(app, by, 'put', `/v1/scenarios/${id}/amounts`, { amounts }, version);
const spread = (id: string, body: object, by = coordinator) => act(app, by, 'post', `/v1/scenarios/${id}/spread`, body);
const rowOf = (rows: readonly Row[], code: string) => {
  const row = rows.find((each) => each.code === code);
  return row && [row.lines, row.amountCents, row.sharedCents];
};
const amountsOf = async (id: string) => {
  const { body } = await app.http.get(`/v1/scenarios/${id}/amounts`).set(coordinator.auth).expect(200);
  return (body as { data: { amountCents: number | null }[] }).data.map(({ amountCents }) => amountCents);
};

describe('totals', () => {
  test('by envelope, orientation, place, funder and duration, each line once in the whole', async () => {
    const annual = await anInstructedDossier(app, {
      callId,
      lines: [
        { funder: 'P147-94', requestedCents: 100_000 },
        { funder: 'CAF94', requestedCents: 40_000 },
      ],
    });
    const multi = await anInstructedDossier(app, {
      callId,
      multiYear: true,
      orientation: 'O2',
      lines: [{ funder: 'P147-94', requestedCents: 200_000 }],
    });
    // Its action is in a second QPV, of another commune.
    await app.query(
      `INSERT INTO action_territories (action_id, kind, code, chosen) SELECT $1, kind, code, kind = 'qpv' FROM place_scopes
       WHERE place_kind = 'qpv' AND place_code = 'grand-vaux' ON CONFLICT DO NOTHING`,
      [multi.actionId],
    );
    const lineIds = [...annual.lineIds, ...multi.lineIds];
    const session = await held(lineIds);
    const envelopeId = await aFiledEnvelope(app, { ceilingCents: 250_000 });
    const [state = '', caf = '', cpo = ''] = lineIds;
    const id = await aScenario(app, coordinator, session.id, [
      { lineId: state, amountCents: 60_000, envelopeId },
      { lineId: caf, amountCents: 0 },
      { lineId: cpo, amountCents: 180_000, envelopeId },
    ]);
    const totals = await totalsOf(id);
    expect(totals).toMatchObject({
      lines: 3,
      funded: 2,
      unfunded: 1,
      undecided: 0,
      requestedCents: 340_000,
      amountCents: 240_000,
      refusals: [],
    });
    expect(totals.envelopes).toEqual([
      expect.objectContaining({ envelopeId, amountCents: 240_000, availableCents: 250_000, leftCents: 10_000, overflowCents: 0 }),
    ]);
    expect(rowOf(totals.orientations, 'O1')).toEqual([2, 60_000, 0]);
    expect(rowOf(totals.orientations, 'O2')).toEqual([1, 180_000, 0]);
    expect(rowOf(totals.funders, 'P147-94')).toEqual([2, 240_000, 0]);
    expect(rowOf(totals.funders, 'CAF94')).toEqual([1, 0, 0]);
    // The action of two QPV counts in both, and each says so; in the whole, once.
    expect(rowOf(totals.qpv, 'gagarine')).toEqual([3, 240_000, 180_000]);
    expect(rowOf(totals.qpv, 'grand-vaux')).toEqual([1, 180_000, 180_000]);
    expect(rowOf(totals.communes, '94041')).toEqual([3, 240_000, 180_000]);
    expect(rowOf(totals.communes, '91589')).toEqual([1, 180_000, 180_000]);
    expect(rowOf(totals.sectors, 'S')).toEqual([1, 180_000, 180_000]);
    expect(totals.cpo).toEqual({
      agreements: { multiYear: 1, total: 2, basisPoints: 5000, reachesHalf: true },
      p147Money: { multiYearCents: 180_000, totalCents: 240_000, basisPoints: 7500, reachesHalf: true },
    });
  });

  test('a QPV shared by several communes is one row', async () => {
    const [shared] = await app.query<{ slug: string; communes: string[] }>(
      `SELECT qpv_slug AS slug, array_agg(insee_code ORDER BY insee_code) AS communes FROM qpv_communes GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1`,
    );
    if (!shared) throw new Error('no shared QPV');
    const { lineIds } = await anInstructedDossier(app, { callId, qpv: shared.slug });
    const id = await aScenario(app, coordinator, (await held(lineIds)).id, [{ lineId: lineIds[0]!, amountCents: 70_000 }]);
    const totals = await totalsOf(id);
    expect(totals.qpv.map(({ code, amountCents, sharedCents }) => [code, amountCents, sharedCents])).toEqual([[shared.slug, 70_000, 0]]);
    expect(totals.communes.map(({ code, sharedCents }) => [code, sharedCents])).toEqual(shared.communes.map((code) => [code, 70_000]));
    expect(totals.amountCents).toBe(70_000);
  });

  test('follow every change, and tell what is not looked at', async () => {
    const { lineIds } = await someLines(app, callId, 3);
    const id = await aScenario(app, coordinator, (await held(lineIds)).id, [{ lineId: lineIds[0]!, amountCents: 1000 }]);
    expect(await totalsOf(id)).toMatchObject({ funded: 1, unfunded: 0, undecided: 2, amountCents: 1000 });
    await done(
      setAmounts(id, [
        { lineId: lineIds[1]!, amountCents: 500 },
        { lineId: lineIds[0]!, amountCents: 0 },
      ]),
    );
    expect(await totalsOf(id)).toMatchObject({ version: 3, funded: 1, unfunded: 1, undecided: 1, amountCents: 500 });
  });

  test('an envelope that AE or CP would overflow, in the words of the rule', async () => {
    const { lineIds } = await someLines(app, callId, 2);
    const envelopeId = await aFiledEnvelope(app, { ceilingCents: 900_000, cpCents: 300_000 });
    const amounts = lineIds.map((lineId) => ({ lineId, amountCents: 150_001, envelopeId }));
    const totals = await totalsOf(await aScenario(app, coordinator, (await held(lineIds)).id, amounts));
    expect(totals.envelopes).toEqual([expect.objectContaining({ leftCents: 0, overflowCents: 2 })]);
    expect(totals.refusals).toEqual([expect.objectContaining({ envelopeId, lineId: null, code: 'ENVELOPE_EXCEEDED' })]);
    expect(totals.refusals[0]?.detail).toMatch(/crédits de paiement, CP/);
  });

  test('are the coordination’s and the auditor’s; nobody else even knows of the scenario', async () => {
    const { lineIds } = await someLines(app, callId, 1);
    const session = await held(lineIds);
    const id = await aScenario(app, coordinator, session.id, []);
    expect(await totalsOf(id, await aPerson(app, { grants: [GRANTS.auditor()] }))).toMatchObject({ undecided: 1 });
    const prefecture = await aPrefecture(app);
    for (const path of [
      `/v1/scenarios/${id}`,
      `/v1/scenarios/${id}/totals`,
      `/v1/scenarios/${id}/amounts`,
      `/v1/committees/${session.id}/scenarios`,
    ]) {
      expect(await codeOf(app.http.get(path).set(prefecture.auth).then())).toEqual([403, 'FORBIDDEN']);
      expect(
        await codeOf(
          app.http
            .get(path)
            .set((await aPerson(app)).auth)
            .then(),
        ),
      ).toEqual([404, 'NOT_FOUND']);
    }
  });
});

describe('writing', () => {
  test('copies, and compares line by line and total by total', async () => {
    const { lineIds } = await someLines(app, callId, 3);
    const [a = '', b = '', c = ''] = lineIds;
    const session = await held(lineIds);
    const envelopeId = await aFiledEnvelope(app);
    const left = await aScenario(app, coordinator, session.id, [
      { lineId: a, amountCents: 1000, envelopeId },
      { lineId: b, amountCents: 2000, envelopeId },
    ]);
    const name = `Copie ${newId()}`;
    const { id: right } = await done<{ id: string }>(
      app.http.post(`/v1/committees/${session.id}/scenarios`).set(coordinator.auth).send({ name, copyOf: left }).then(),
    );
    expect(await amountsOf(right)).toEqual([1000, 2000, null]);
    await done(
      setAmounts(right, [
        { lineId: b, amountCents: 500, envelopeId },
        { lineId: c, amountCents: 4000, envelopeId },
      ]),
    );
    expect(await amountsOf(left)).toEqual([1000, 2000, null]);
    const { body } = await app.http.get(`/v1/scenarios/${left}/compare/${right}`).set(coordinator.auth).expect(200);
    expect(body).toMatchObject({
      differenceCents: 2500,
      left: { totals: { amountCents: 3000 } },
      right: { totals: { amountCents: 5500 } },
    });
    expect(body.lines).toEqual([
      { lineId: b, leftCents: 2000, rightCents: 500, differenceCents: -1500 },
      { lineId: c, leftCents: null, rightCents: 4000, differenceCents: 4000 },
    ]);
    expect(body.totals).toContainEqual(
      expect.objectContaining({ dimension: 'envelope', code: envelopeId, leftCents: 3000, rightCents: 5500, differenceCents: 2500 }),
    );
    const { body: listed } = await app.http.get(`/v1/committees/${session.id}/scenarios`).set(coordinator.auth).expect(200);
    expect((listed as { id: string }[]).map(({ id }) => id)).toEqual([left, right]);
  });

  test('refuses a name taken, a scenario of another session, a line twice, off the agenda, or an envelope nowhere', async () => {
    const { lineIds } = await someLines(app, callId, 2);
    const [lineId = '', other = ''] = lineIds;
    const [session, elsewhere] = [await held([lineId]), await held([other])];
    const id = await aScenario(app, coordinator, session.id, [], 'Équilibre');
    const begin = (body: object) => codeOf(app.http.post(`/v1/committees/${session.id}/scenarios`).set(coordinator.auth).send(body).then());
    expect(await begin({ name: 'équilibre' })).toEqual([409, 'SCENARIO_NAME_TAKEN']);
    const foreign = await aScenario(app, coordinator, elsewhere.id);
    expect(await begin({ name: 'Copie', copyOf: foreign })).toEqual([422, 'SCENARIO_OF_ANOTHER_COMMITTEE']);
    expect(await codeOf(app.http.get(`/v1/scenarios/${id}/compare/${foreign}`).set(coordinator.auth).then())).toEqual([
      422,
      'SCENARIO_OF_ANOTHER_COMMITTEE',
    ]);
    const one = { lineId, amountCents: 1 };
    expect(await codeOf(setAmounts(id, [one, one]))).toEqual([422, 'LINE_TWICE']);
    expect(await codeOf(setAmounts(id, [one, { lineId: other, amountCents: 1 }]))).toEqual([422, 'LINE_NOT_ON_AGENDA']);
    expect(await codeOf(setAmounts(id, [{ ...one, envelopeId: newId() }]))).toEqual([422, 'UNKNOWN_REFERENCE']);
    expect(await codeOf(setAmounts(id, [{ lineId, amountCents: -1 }]))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await codeOf(setAmounts(id, [{ lineId, amountCents: 1.5 }]))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await codeOf(setAmounts(id, [{ lineId, amountCents: 2 ** 53 }]))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await codeOf(setAmounts(id, [one], coordinator, 9))).toEqual([412, 'STALE_VERSION']);
    expect(await amountsOf(id)).toEqual([null]);
  });

  test('nobody writes on an organisation they are recused from', async () => {
    const { lineIds, organisationId } = await someLines(app, callId, 1);
    const id = await aScenario(app, coordinator, (await held(lineIds)).id);
    const recused = await aCoordinator(app);
    await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Y siège')`, [
      recused.id,
      organisationId,
    ]);
    expect(await codeOf(setAmounts(id, [{ lineId: lineIds[0]!, amountCents: 1 }], recused))).toEqual([403, 'RECUSED']);
    expect(await codeOf(spread(id, { method: 'pro-rata', amountCents: 1 }, recused))).toEqual([403, 'RECUSED']);
    expect(await amountsOf(id)).toEqual([null]);
  });

  test('5,000 amounts at once', async () => {
    const { lineIds } = await someLines(app, callId, 5000);
    const envelopeId = await aFiledEnvelope(app, { ceilingCents: 5_000_000 });
    const id = await aScenario(
      app,
      coordinator,
      (await held(lineIds)).id,
      lineIds.map((lineId) => ({ lineId, amountCents: 1000, envelopeId })),
    );
    expect(await totalsOf(id)).toMatchObject({ lines: 5000, funded: 5000, amountCents: 5_000_000, refusals: [] });
  });
});

describe('adopting', () => {
  test('one a session, in session; from then on it is what was voted', async () => {
    const { lineIds } = await someLines(app, callId, 1);
    const amounts = [{ lineId: lineIds[0]!, amountCents: 1000 }];
    const session = await held(lineIds);
    const [first, second] = [
      await aScenario(app, coordinator, session.id, amounts),
      await aScenario(app, coordinator, session.id, amounts),
    ];
    const adopt = (id: string) => act(app, coordinator, 'post', `/v1/scenarios/${id}/adopt`);
    expect(await done<object>(adopt(first))).toMatchObject({ version: 3, adoptedAt: expect.any(String) });
    expect(await codeOf(adopt(second))).toEqual([409, 'SCENARIO_ALREADY_ADOPTED']);
    expect(await codeOf(adopt(first))).toEqual([409, 'SCENARIO_ALREADY_ADOPTED']);
    expect(await codeOf(setAmounts(first, amounts))).toEqual([409, 'SCENARIO_ALREADY_ADOPTED']);
    expect((await auditOf(app, first)).map(({ act: verb }) => verb)).toEqual([
      'scenario.created',
      'scenario.amounts-set',
      'scenario.adopted',
    ]);
  });

  test('two at once: one is adopted', async () => {
    const { lineIds } = await someLines(app, callId, 1);
    const session = await held(lineIds);
    const ids = [await aScenario(app, coordinator, session.id), await aScenario(app, coordinator, session.id)];
    const codes = await Promise.all(ids.map((id) => codeOf(act(app, coordinator, 'post', `/v1/scenarios/${id}/adopt`))));
    expect(codes.map(([status]) => status).sort()).toEqual([200, 409]);
    const rows = await app.query('SELECT 1 FROM scenarios WHERE committee_id = $1 AND adopted_at IS NOT NULL', [session.id]);
    expect(rows).toHaveLength(1);
  });
});

describe('spreading a remainder', () => {
  test('what an envelope has left, to the cent, over the lines it pays and the scenario does not drop', async () => {
    const { lineIds } = await someLines(app, callId, 4, 100_000);
    const [a = '', , , dropped = ''] = lineIds;
    const caf = await anInstructedDossier(app, { callId, lines: [{ funder: 'CAF94', requestedCents: 100_000 }] });
    const session = await held([...lineIds, ...caf.lineIds]);
    const envelopeId = await aFiledEnvelope(app, { ceilingCents: 100_001 });
    const id = await aScenario(app, coordinator, session.id, [
      { lineId: a, amountCents: 50_000, envelopeId },
      { lineId: dropped, amountCents: 0 },
    ]);
    // 50,001 over rooms of 50,000, 100,000 and 100,000.
    const answer = await done<object>(spread(id, { method: 'pro-rata', envelopeId }));
    expect(answer).toMatchObject({ spreadCents: 50_001, leftCents: 0, raised: 3, version: 3 });
    expect(await amountsOf(id)).toEqual([60_000, 20_001, 20_000, 0, null]);
    expect(await totalsOf(id)).toMatchObject({ refusals: [], envelopes: [expect.objectContaining({ leftCents: 0, overflowCents: 0 })] });
    expect(await codeOf(spread(id, { method: 'pro-rata', envelopeId }))).toEqual([409, 'NOTHING_TO_SPREAD']);
  });

  test('ranked and capped, over the lines named', async () => {
    const { lineIds } = await someLines(app, callId, 3, 1000);
    const [a = '', b = '', c = ''] = lineIds;
    const session = await held(lineIds);
    const id = await aScenario(app, coordinator, session.id);
    await done(spread(id, { method: 'ranked', amountCents: 1500, order: [c, a] }));
    expect(await amountsOf(id)).toEqual([500, null, 1000]);
    const capped = await done<object>(spread(id, { method: 'capped', amountCents: 5000, capPercent: 60, order: [a, b] }));
    expect(capped).toMatchObject({ spreadCents: 700, leftCents: 4300 });
    expect(await amountsOf(id)).toEqual([600, 600, 1000]);
  });

  test('says what is missing', async () => {
    const { lineIds } = await someLines(app, callId, 1);
    const id = await aScenario(app, coordinator, (await held(lineIds)).id);
    expect(await codeOf(spread(id, { method: 'capped', amountCents: 1 }))).toEqual([422, 'SPREAD_INCOMPLETE']);
    expect(await codeOf(spread(id, { method: 'ranked' }))).toEqual([422, 'SPREAD_INCOMPLETE']);
    expect(await codeOf(spread(id, { method: 'ranked', envelopeId: newId() }))).toEqual([422, 'UNKNOWN_REFERENCE']);
    expect(await codeOf(spread(id, { method: 'ranked', amountCents: 1, order: [newId()] }))).toEqual([422, 'LINE_NOT_ON_AGENDA']);
    expect(await codeOf(spread(id, { method: 'at-random', amountCents: 1 }))).toEqual([400, 'VALIDATION_FAILED']);
  });
});
