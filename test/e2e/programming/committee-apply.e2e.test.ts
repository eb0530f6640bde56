import { FundingLines, ledgerFaults } from '../../../src/modules/funding/index.js';
import { aCall, aCoordinator } from '../../builders/calls.js';
import {
  act,
  aFiledEnvelope,
  aHeldSession,
  anAdoptedSession,
  anInstructedDossier,
  aScenario,
  codeOf,
  done,
  refusalsOf,
  someLines,
  type PlannedAmount,
  type Session,
} from '../../builders/committee.js';
import { aDelegate, aPrefecture, countersOf, decide, ledgerOf, lineRow } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { holding, waiting } from '../../builders/races.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

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
afterEach(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
});
afterAll(() => app.close());

const options = (lineIds: readonly string[]) => ({ by: coordinator, callId, lineIds });
const apply = (session: { id: string }, by = coordinator, version?: number) =>
  act(app, by, 'post', `/v1/committees/${session.id}/apply`, {}, version);
const decideIn = (session: { id: string }, decisions: readonly object[], by = coordinator) =>
  act(app, by, 'put', `/v1/committees/${session.id}/decisions`, { decisions });
const planned = (lineIds: readonly string[], amountCents: number, envelopeId: string): PlannedAmount[] =>
  lineIds.map((lineId) => ({ lineId, amountCents, envelopeId }));
const committeeState = async ({ id }: Session) => {
  const [row] = await app.query<{ state: string }>('SELECT state FROM committees WHERE id = $1', [id]);
  return row?.state;
};

describe('what was decided', () => {
  test('programme 147 is proposed and reserved, another funder is advised, the rest is adjourned or unfavourable: one audit row each', async () => {
    const state = await someLines(app, callId, 3);
    const caf = await anInstructedDossier(app, { callId, lines: [{ funder: 'CAF94', requestedCents: 40_000 }] });
    const [given = '', later = '', no = ''] = state.lineIds;
    const [advised = ''] = caf.lineIds;
    const envelopeId = await aFiledEnvelope(app);
    const session = await anAdoptedSession(app, options([...state.lineIds, advised]), [
      { lineId: given, amountCents: 300_000, envelopeId },
      { lineId: later, amountCents: 0 },
      { lineId: advised, amountCents: 25_000 },
    ]);
    await done(
      decideIn(session, [
        { lineId: later, decision: 'adjourned', reason: 'Budget à préciser' },
        { lineId: no, decision: 'unfavourable', reason: 'Hors orientations' },
      ]),
    );
    expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 0n });
    const applied = await done(apply(session));
    expect(applied).toMatchObject({ status: 'applied', appliedAt: expect.any(String) });
    expect(await lineRow(app, given)).toMatchObject({
      state: 'proposed',
      proposedCents: 300_000n,
      reservedCents: 300_000n,
      envelopeId,
      version: 3,
    });
    expect(await lineRow(app, later)).toMatchObject({ state: 'adjourned', reason: 'Budget à préciser', reservedCents: 0n });
    expect(await lineRow(app, no)).toMatchObject({ state: 'unfavourable', reason: 'Hors orientations', reservedCents: 0n });
    expect(await lineRow(app, advised)).toMatchObject({ state: 'instructed', proposedCents: null, envelopeId: null });
    expect(await ledgerOf(app, envelopeId)).toEqual(['open 10000000', 'reserve 300000']);
    const lastAct = async (id: string) => (await auditOf(app, id)).at(-1);
    expect(await lastAct(given)).toMatchObject({
      act: 'funding-line.proposed',
      actorId: coordinator.id,
      after: { proposerId: coordinator.id },
    });
    expect(await lastAct(later)).toMatchObject({ act: 'funding-line.adjourned', before: { state: 'on-agenda' } });
    expect(await lastAct(no)).toMatchObject({ act: 'funding-line.found-unfavourable' });
    expect(await lastAct(advised)).toMatchObject({
      act: 'funding-line.advised',
      after: { advisedCents: '25000', committeeId: session.id },
    });
    expect(await lastAct(session.id)).toMatchObject({ act: 'committee.applied', after: { proposed: 2, adjourned: 1, unfavourable: 1 } });
    // Four eyes: who applied is who proposed. Then the prefecture grants, and the CAF records its own decision.
    const both = await aPerson(app, { grants: [GRANTS.prefectureOf('94')] });
    expect((await decide(app, both, given, 'approve', { amountCents: 300_000 })).status).toBe(200);
    const body = await app.http.get(`/v1/committees/${session.id}/lines`).set(coordinator.auth).expect(200);
    expect(body.body.data).toContainEqual(
      expect.objectContaining({ id: advised, decision: 'proposed', amountCents: 25_000, status: 'instructed' }),
    );
  });

  test('who applied cannot approve, whatever else they are', async () => {
    const both = await aPerson(app, { grants: [GRANTS.coordinator(), GRANTS.prefectureOf('94')] });
    const { lineIds } = await someLines(app, callId, 1);
    const envelopeId = await aFiledEnvelope(app);
    const session = await anAdoptedSession(app, options(lineIds), planned(lineIds, 1000, envelopeId));
    await done(apply(session, both));
    expect(await codeOf(decide(app, both, lineIds[0]!, 'approve', { amountCents: 1000 }))).toEqual([409, 'FOUR_EYES']);
  });

  test('a line may depart from the adopted scenario', async () => {
    const { lineIds } = await someLines(app, callId, 2);
    const [a = '', b = ''] = lineIds;
    const envelopeId = await aFiledEnvelope(app);
    const session = await anAdoptedSession(app, options(lineIds), planned(lineIds, 1000, envelopeId));
    await done(decideIn(session, [{ lineId: a, decision: 'proposed', amountCents: 400, reason: 'Moins de séances' }]));
    await done(apply(session));
    expect(await lineRow(app, a)).toMatchObject({ proposedCents: 400n, envelopeId });
    expect(await lineRow(app, b)).toMatchObject({ proposedCents: 1000n });
  });

  test('a deferral of a line proposed meanwhile gives its credit back, and a proposal of it moves the difference', async () => {
    const { lineIds } = await someLines(app, callId, 2);
    const [a = '', b = ''] = lineIds;
    const envelopeId = await aFiledEnvelope(app, { ceilingCents: 2000 });
    const session = await aHeldSession(app, options(lineIds));
    const delegate = await aDelegate(app);
    for (const lineId of lineIds)
      expect((await decide(app, delegate, lineId, 'propose', { amountCents: 1000, envelopeId })).status).toBe(200);
    await done(
      decideIn(session, [
        { lineId: a, decision: 'adjourned', reason: 'À revoir' },
        // The envelope is full: what the other gives back makes room.
        { lineId: b, decision: 'proposed', amountCents: 2000, envelopeId },
      ]),
    );
    await done(apply(session));
    expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 2000n });
    expect(await lineRow(app, a)).toMatchObject({ state: 'adjourned', reservedCents: 0n });
  });

  test('may be decided in another session once applied, not before', async () => {
    const { lineIds } = await someLines(app, callId, 1);
    const session = await aHeldSession(app, options(lineIds));
    await done(decideIn(session, [{ lineId: lineIds[0], decision: 'adjourned', reason: 'Plus tard' }]));
    await done(apply(session));
    const next = await aHeldSession(app, options(lineIds));
    expect(next.lineCount).toBe(1);
  });
});

describe('refused, with nothing applied', () => {
  test('every line and envelope that refuses, each with its code; the totals had told of them all', async () => {
    const good = await someLines(app, callId, 1);
    const over = await someLines(app, callId, 1, 1000);
    const inadmissible = await anInstructedDossier(app, { callId, admissible: false });
    const granted = await someLines(app, callId, 1);
    const homeless = await someLines(app, callId, 1);
    const wrong = await someLines(app, callId, 1);
    const caf = await anInstructedDossier(app, { callId, lines: [{ funder: 'CAF94', requestedCents: 1000 }] });
    const ids = [good, over, inadmissible, granted, homeless, wrong, caf].map(({ lineIds }) => lineIds[0] ?? '');
    const [a = '', b = '', c = '', d = '', e = '', f = '', g = ''] = ids;
    const [envelopeId, ofEssonne] = [
      await aFiledEnvelope(app, { ceilingCents: 100_000 }),
      await aFiledEnvelope(app, { funder: 'P147-91' }),
    ];
    const session = await aHeldSession(app, options(ids));
    await app.query(`UPDATE funding_lines SET state = 'withdrawn' WHERE id = $1`, [d]);
    const scenarioId = await aScenario(app, coordinator, session.id, [
      { lineId: a, amountCents: 100_001, envelopeId },
      { lineId: b, amountCents: 1001, envelopeId },
      { lineId: c, amountCents: 1, envelopeId },
      { lineId: d, amountCents: 1, envelopeId },
      { lineId: e, amountCents: 1 },
      { lineId: f, amountCents: 1, envelopeId: ofEssonne },
      { lineId: g, amountCents: 1001 },
    ]);
    await done(act(app, coordinator, 'post', `/v1/scenarios/${scenarioId}/adopt`));
    const answer = await apply(session);
    expect([answer.status, answer.body.code]).toEqual([409, 'LINES_REFUSED']);
    expect(refusalsOf(answer)).toEqual(
      [
        `/envelopes/${envelopeId} ENVELOPE_EXCEEDED`,
        `/lines/${b} AMOUNT_ABOVE_REQUEST`,
        `/lines/${c} DOSSIER_NOT_ADMISSIBLE`,
        `/lines/${d} ACT_NOT_ALLOWED`,
        `/lines/${e} ENVELOPE_MISSING`,
        `/lines/${f} WRONG_ENVELOPE`,
        `/lines/${g} AMOUNT_ABOVE_REQUEST`,
      ].sort(),
    );
    const { body } = await app.http.get(`/v1/scenarios/${scenarioId}/totals`).set(coordinator.auth).expect(200);
    type Foretold = { lineId: string | null; envelopeId: string | null; code: string };
    const foretold = (body as { refusals: Foretold[] }).refusals.map(({ lineId, envelopeId: envelope, code }) =>
      lineId === null ? `/envelopes/${envelope} ${code}` : `/lines/${lineId} ${code}`,
    );
    expect(foretold.sort()).toEqual(refusalsOf(answer));
    expect(await lineRow(app, a)).toMatchObject({ state: 'on-agenda', version: 2, reservedCents: 0n });
    expect(await ledgerOf(app, envelopeId)).toEqual(['open 100000']);
    expect(await committeeState(session)).toBe('held');
    expect((await auditOf(app, a)).map(({ act: verb }) => verb)).toEqual(['funding-line.put-on-agenda']);
  });

  test('a line that nothing is planned for, or zero, takes a decision and its reason', async () => {
    const { lineIds } = await someLines(app, callId, 2);
    const [a = '', b = ''] = lineIds;
    const session = await anAdoptedSession(app, options(lineIds), [{ lineId: a, amountCents: 0 }]);
    expect(refusalsOf(await apply(session))).toEqual([`/lines/${a} DECISION_MISSING`, `/lines/${b} DECISION_MISSING`].sort());
    const bare = await decideIn(session, [{ lineId: a, decision: 'adjourned' }]);
    expect([bare.status, bare.body.errors[0]]).toEqual([422, expect.objectContaining({ pointer: '/decisions/0/reason' })]);
    expect(await codeOf(decideIn(session, [{ lineId: a, decision: 'proposed' }]))).toEqual([422, 'DECISION_INCOMPLETE']);
    expect(await codeOf(decideIn(session, [{ lineId: a, decision: 'proposed', amountCents: 0 }]))).toEqual([400, 'VALIDATION_FAILED']);
  });

  test('an envelope whose room is taken after it was read: the database refuses, all of it', async () => {
    const { lineIds } = await someLines(app, callId, 3);
    const envelopeId = await aFiledEnvelope(app, { ceilingCents: 3000 });
    const session = await anAdoptedSession(app, options(lineIds), planned(lineIds, 1000, envelopeId));
    const rival = app.ground.source.createQueryRunner();
    await rival.connect();
    await rival.startTransaction();
    // Holds the row with less room than the act reads, and commits while the act waits for it.
    await rival.query('UPDATE envelopes SET ceiling_cp_cents = 2999, ceiling_ae_cents = 2999, version = version + 1 WHERE id = $1', [
      envelopeId,
    ]);
    const answer = apply(session);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await rival.commitTransaction();
    await rival.release();
    expect(await codeOf(answer)).toEqual([409, 'ENVELOPE_EXCEEDED']);
    expect(await lineRow(app, lineIds[0]!)).toMatchObject({ state: 'on-agenda', reservedCents: 0n });
    expect(await committeeState(session)).toBe('held');
    await app.query('UPDATE envelopes SET ceiling_cp_cents = 3000, ceiling_ae_cents = 3000 WHERE id = $1', [envelopeId]);
  });

  test('by who is recused from one of the organisations: their own, or in this session', async () => {
    const own = await aCoordinator(app);
    const { lineIds, organisationId } = await someLines(app, callId, 1);
    const envelopeId = await aFiledEnvelope(app);
    const seat = await aCoordinator(app);
    const members = [
      { name: 'A', institution: 'Ville' },
      { userId: seat.id, institution: 'EPT' },
    ];
    const session = await anAdoptedSession(app, { ...options(lineIds), members }, planned(lineIds, 1000, envelopeId));
    await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Y siège')`, [
      own.id,
      organisationId,
    ]);
    expect(await codeOf(apply(session, own))).toEqual([403, 'RECUSED']);
    expect(await codeOf(decideIn(session, [{ lineId: lineIds[0], decision: 'adjourned', reason: 'x' }], own))).toEqual([403, 'RECUSED']);
    const attendance = {
      presentMemberIds: session.members.map(({ id }) => id),
      recusals: [{ memberId: session.members[1]?.id, organisationId, reason: 'Y a travaillé' }],
    };
    await done(act(app, coordinator, 'put', `/v1/committees/${session.id}/attendance`, attendance));
    expect(await codeOf(apply(session, seat))).toEqual([403, 'RECUSED']);
    expect((await apply(session)).status).toBe(200);
  });

  test.each([
    ['the prefecture', () => aPrefecture(app), [403, 'FORBIDDEN']],
    ['a delegate', () => aDelegate(app), [403, 'FORBIDDEN']],
    ['the auditor', () => aPerson(app, { grants: [GRANTS.auditor()] }), [403, 'FORBIDDEN']],
    ['somebody', () => aPerson(app), [404, 'NOT_FOUND']],
  ] as const)('by %s', async (_who, someone, answer) => {
    const { lineIds } = await someLines(app, callId, 1);
    const session = await aHeldSession(app, options(lineIds));
    expect(await codeOf(apply(session, await someone()))).toEqual(answer);
    expect(await codeOf(decideIn(session, [{ lineId: lineIds[0], decision: 'adjourned', reason: 'x' }], await someone()))).toEqual(answer);
  });

  test('before the session is open, twice, or on another version', async () => {
    const { lineIds } = await someLines(app, callId, 1);
    const envelopeId = await aFiledEnvelope(app);
    const session = await anAdoptedSession(app, options(lineIds), planned(lineIds, 1000, envelopeId));
    expect(await codeOf(apply(session, coordinator, 1))).toEqual([412, 'STALE_VERSION']);
    expect(await codeOf(act(app, coordinator, 'post', `/v1/committees/${session.id}/close`))).toEqual([409, 'ACT_NOT_ALLOWED']);
    await done(apply(session));
    expect(await codeOf(apply(session))).toEqual([409, 'ACT_NOT_ALLOWED']);
    expect(await codeOf(decideIn(session, [{ lineId: lineIds[0], decision: 'adjourned', reason: 'x' }]))).toEqual([409, 'ACT_NOT_ALLOWED']);
    expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 1000n });
  });
});

describe('at once', () => {
  test('two who apply the same session: one does', async () => {
    const { lineIds } = await someLines(app, callId, 50);
    const envelopeId = await aFiledEnvelope(app);
    const session = await anAdoptedSession(app, options(lineIds), planned(lineIds, 1000, envelopeId));
    const codes = await Promise.all([1, 2, 3, 4].map(() => codeOf(apply(session))));
    expect(codes.filter(([status]) => status === 200)).toHaveLength(1);
    expect(codes.filter(([status]) => status !== 200).every(([status, code]) => status === 412 || code === 'ACT_NOT_ALLOWED')).toBe(true);
    expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 50_000n });
  });

  // The act is stopped by a line that someone else decides on, once it has read the session and its decisions.
  test.each([
    ['another decision of a line', 'decisions', [412, 'STALE_VERSION']],
    ['the adoption of a scenario', 'adopt', [409, 'ACT_NOT_ALLOWED']],
    ['the attendance', 'attendance', [412, 'STALE_VERSION']],
  ] as const)('%s waits for the session that is being applied, and is then too late', async (_what, kind, answer) => {
    const { lineIds } = await someLines(app, callId, 1);
    const [lineId = ''] = lineIds;
    const envelopeId = await aFiledEnvelope(app);
    const session = await aHeldSession(app, options(lineIds));
    const scenarioId = await aScenario(app, coordinator, session.id, planned(lineIds, 5000, envelopeId));
    await done(decideIn(session, [{ lineId, decision: 'proposed', amountCents: 1000, envelopeId }]));
    const late = {
      decisions: () => decideIn(session, [{ lineId, decision: 'proposed', amountCents: 2000, envelopeId }]),
      adopt: () => act(app, coordinator, 'post', `/v1/scenarios/${scenarioId}/adopt`),
      attendance: () => {
        const attendance = { presentMemberIds: session.members.slice(1).map(({ id }) => id), recusals: [] };
        return act(app, coordinator, 'put', `/v1/committees/${session.id}/attendance`, attendance);
      },
    }[kind];
    const release = await holding(app, 'funding_lines', lineId);
    const applied = codeOf(apply(session));
    await waiting(app, 1);
    const refused = codeOf(late());
    await Promise.race([refused, waiting(app, 2)]);
    await release();
    expect(await applied).toEqual([200, undefined]);
    expect(await refused).toEqual(answer);
    expect(await committeeState(session)).toBe('applied');
    const [kept] = await app.query('SELECT amount_cents AS "amountCents", live FROM committee_lines WHERE committee_id = $1', [session.id]);
    expect(kept).toEqual({ amountCents: 1000n, live: false });
    expect(await lineRow(app, lineId)).toMatchObject({ state: 'proposed', proposedCents: 1000n });
  });

  test('the session waits for a decision that is being written, and is then to be read again', async () => {
    const { lineIds } = await someLines(app, callId, 1);
    const [lineId = ''] = lineIds;
    const envelopeId = await aFiledEnvelope(app);
    const session = await aHeldSession(app, options(lineIds));
    const proposing = (amountCents: number) => decideIn(session, [{ lineId, decision: 'proposed', amountCents, envelopeId }]);
    await done(proposing(1000));
    // Stopped between what it read of the session and what it writes: no row is there to stop it by.
    const lines = app.app.get(FundingLines);
    const look = lines.envelopes.bind(lines);
    let goOn = (): void => undefined;
    const stopped = new Promise<void>((looked) => {
      lines.envelopes = async (...asked) => {
        lines.envelopes = look;
        looked();
        await new Promise<void>((resolve) => (goOn = resolve));
        return look(...asked);
      };
    });
    const written = codeOf(proposing(2000));
    await stopped;
    const applied = codeOf(apply(session));
    await Promise.race([applied, waiting(app, 1)]);
    goOn();
    expect(await written).toEqual([200, undefined]);
    expect(await applied).toEqual([412, 'STALE_VERSION']);
    await done(apply(session));
    expect(await lineRow(app, lineId)).toMatchObject({ state: 'proposed', proposedCents: 2000n });
  });

  test('the session waits for the scenario that is being adopted, and applies it', async () => {
    const { lineIds } = await someLines(app, callId, 2);
    const envelopeId = await aFiledEnvelope(app);
    const session = await aHeldSession(app, options(lineIds));
    const scenarioId = await aScenario(app, coordinator, session.id, planned(lineIds, 3000, envelopeId));
    const release = await holding(app, 'scenarios', scenarioId);
    const adopted = codeOf(act(app, coordinator, 'post', `/v1/scenarios/${scenarioId}/adopt`));
    await waiting(app, 1);
    const applied = codeOf(apply(session));
    await Promise.race([applied, waiting(app, 2)]);
    await release();
    expect(await Promise.all([adopted, applied])).toEqual([
      [200, undefined],
      [200, undefined],
    ]);
    expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 6000n });
  });

  test('against approvals on the same envelopes: nothing over-commits, no deadlock surfaces', async () => {
    const envelopeIds = [await aFiledEnvelope(app, { ceilingCents: 60_000 }), await aFiledEnvelope(app, { ceilingCents: 60_000 })];
    const delegate = await aDelegate(app);
    const prefecture = await aPrefecture(app);
    // Proposed for a cent each, approved for 1,000: they take 40,000 of each envelope if they come first.
    const proposed = await someLines(app, callId, 80);
    const at = (index: number): string => envelopeIds[index % 2] ?? '';
    for (const [index, lineId] of proposed.lineIds.entries()) {
      expect((await decide(app, delegate, lineId, 'propose', { amountCents: 1, envelopeId: at(index) })).status).toBe(200);
    }
    const { lineIds } = await someLines(app, callId, 60);
    // 30,000 on each, in the other order than ids.
    const amounts = [...lineIds].reverse().map((lineId, index) => ({ lineId, amountCents: 1000, envelopeId: at(index) }));
    const session = await anAdoptedSession(app, options(lineIds), amounts);
    const approvals = proposed.lineIds.map((lineId) => codeOf(decide(app, prefecture, lineId, 'approve', { amountCents: 1000 }, 2)));
    const [applied, ...approved] = await Promise.all([codeOf(apply(session)), ...approvals]);
    const outcomes = new Set([applied, ...approved].map(([status, code]) => (status === 200 ? 'ok' : code)));
    for (const each of outcomes) expect(['ok', 'ENVELOPE_EXCEEDED', 'LINES_REFUSED']).toContain(each);
    for (const envelopeId of envelopeIds) {
      const { reserved, committed } = await countersOf(app, envelopeId);
      expect(reserved + committed).toBeLessThanOrEqual(60_000n);
    }
    const states = await app.query<{ state: string }>('SELECT DISTINCT state FROM funding_lines WHERE id = ANY ($1::uuid[])', [lineIds]);
    expect(states).toEqual([{ state: applied[0] === 200 ? 'proposed' : 'on-agenda' }]);
  });

  test('two sessions on the same envelopes, in opposite orders, both apply', async () => {
    const envelopeIds = [await aFiledEnvelope(app), await aFiledEnvelope(app)];
    const sessions = await Promise.all(
      [envelopeIds, [...envelopeIds].reverse()].map(async (order) => {
        const { lineIds } = await someLines(app, callId, 40);
        return anAdoptedSession(
          app,
          options(lineIds),
          lineIds.map((lineId, index) => ({ lineId, amountCents: 1000, envelopeId: order[index % 2] ?? '' })),
        );
      }),
    );
    expect(await Promise.all(sessions.map(async (session) => (await apply(session)).status))).toEqual([200, 200]);
    for (const envelopeId of envelopeIds) expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 40_000n });
  });

  test('a crash in the middle leaves nothing', async () => {
    const { lineIds } = await someLines(app, callId, 30);
    const envelopeIds = [await aFiledEnvelope(app), await aFiledEnvelope(app)].sort();
    const session = await anAdoptedSession(
      app,
      options(lineIds),
      lineIds.map((lineId, index) => ({ lineId, amountCents: 1000, envelopeId: envelopeIds[index % 2] ?? '' })),
    );
    // The last envelope is held: the act has written its lines and the first envelope when its connection is cut.
    const rival = app.ground.source.createQueryRunner();
    await rival.connect();
    await rival.startTransaction();
    await rival.query('SELECT 1 FROM envelopes WHERE id = $1 FOR NO KEY UPDATE', [envelopeIds[1]]);
    const answer = apply(session);
    let cut: unknown[] = [];
    for (let tries = 0; tries < 100 && cut.length === 0; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      cut = await app.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%envelopes%'`,
      );
    }
    expect(cut).toHaveLength(1);
    await rival.commitTransaction();
    await rival.release();
    expect(await codeOf(answer)).toEqual([503, 'UNAVAILABLE']);
    expect(await committeeState(session)).toBe('held');
    for (const envelopeId of envelopeIds) expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 0n });
    expect(await lineRow(app, lineIds[0]!)).toMatchObject({ state: 'on-agenda', version: 2 });
    await done(apply(session));
    for (const envelopeId of envelopeIds) expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 15_000n });
  });
});

test('1,000 lines over 12 envelopes, in one go', async () => {
  const { lineIds } = await someLines(app, callId, 1000);
  const envelopeIds = await Promise.all(Array.from({ length: 12 }, () => aFiledEnvelope(app)));
  const session = await anAdoptedSession(
    app,
    options(lineIds),
    lineIds.map((lineId, index) => ({ lineId, amountCents: 1000 + index, envelopeId: envelopeIds[index % 12] ?? '' })),
  );
  await done(apply(session));
  const [row] = await app.query<{ lines: number; movements: number; audits: number; reserved: bigint }>(
    `SELECT (SELECT count(*)::int FROM funding_lines WHERE state = 'proposed' AND id = ANY ($1::uuid[])) AS lines,
       (SELECT count(*)::int FROM movements WHERE kind = 'reserve' AND funding_line_id = ANY ($1::uuid[])) AS movements,
       (SELECT count(*)::int FROM audit WHERE act = 'funding-line.proposed' AND object_id = ANY ($1::text[])) AS audits,
       (SELECT sum(reserved_cents)::bigint FROM envelopes WHERE id = ANY ($2::uuid[])) AS reserved`,
    [lineIds, envelopeIds],
  );
  expect(row).toEqual({ lines: 1000, movements: 1000, audits: 1000, reserved: 1_499_500n });
});
