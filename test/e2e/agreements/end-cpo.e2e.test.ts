import { KeepCpos } from '../../../src/modules/agreements/index.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { acceptReport, actOnCpo, again, anEnvelopeOf, aSignedCpo, cpoFaults, done, statesOf, type CpoBody } from '../../builders/cpos.js';
import { actOn } from '../../builders/dossiers.js';
import { aPrefecture, countersOf, ledgerOf, lineRow } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  await app.reset();
});
afterEach(async () => {
  expect([await ledgerFaults(app.query), await cpoFaults(app)]).toEqual([[], []]);
});
afterAll(() => app.close());

const codeOf = async (answer: PromiseLike<{ status: number; body: unknown }>) => {
  const { status, body } = await answer;
  return [status, (body as { code?: string }).code];
};

describe('amending', () => {
  const amend = (by: Person, id: string, tranches: object[], version?: number) =>
    actOnCpo(app, by, id, 'amend', { tranches, reason: 'Le projet grandit' }, version);

  test('moves reservations by the difference, keeps what was agreed before', async () => {
    const { cpo, prefecture, dossier, envelopeIds } = await aSignedCpo(app, { laterCeilings: [400_000, null] });
    const [, second = 0, third = 0] = dossier.years;
    const amended = await done(
      amend(prefecture, cpo.id, [
        { year: second, amountCents: 350_000 },
        { year: third, amountCents: 100_000 },
      ]),
    );
    expect(amended.tranches).toMatchObject([
      { amountCents: 300_000, state: 'confirmed' },
      { amountCents: 350_000, state: 'reserved', reservedCents: 350_000 },
      { amountCents: 100_000, state: 'unfunded' },
    ]);
    await done(amend(prefecture, cpo.id, [{ year: second, amountCents: 200_000 }]));
    expect(await ledgerOf(app, envelopeIds[0] ?? '')).toEqual(['open 400000', 'reserve 300000', 'reserve 50000', 'release 150000']);
    const { body } = await app.http.get(`/v1/cpos/${cpo.id}/versions`).set(prefecture.auth).expect(200);
    expect((body as { number: number; reason: string | null }[]).map(({ number, reason }) => [number, reason])).toEqual([
      [1, null],
      [3, 'Le projet grandit'],
      [4, 'Le projet grandit'],
    ]);
  });

  test('refuses past the envelope, past the request, on a confirmed year, or by who does not sign', async () => {
    const { cpo, prefecture, delegate, dossier, envelopeIds } = await aSignedCpo(app, { laterCeilings: [400_000] });
    const [first = 0, second = 0] = dossier.years;
    const to = (year: number, amountCents: number) => [{ year, amountCents }];
    expect(await codeOf(amend(prefecture, cpo.id, to(second, 400_001)))).toEqual([409, 'ENVELOPE_EXCEEDED']);
    expect(await codeOf(amend(prefecture, cpo.id, to(second, 500_001)))).toEqual([409, 'TRANCHE_ABOVE_REQUEST']);
    expect(await codeOf(amend(prefecture, cpo.id, to(first, 1)))).toEqual([409, 'TRANCHE_ALREADY_CONFIRMED']);
    expect(await codeOf(amend(prefecture, cpo.id, to(2099, 1)))).toEqual([422, 'WRONG_TRANCHES']);
    expect(await codeOf(amend(delegate, cpo.id, to(second, 1)))).toEqual([403, 'FORBIDDEN']);
    expect(await codeOf(amend(dossier.editor, cpo.id, to(second, 1)))).toEqual([403, 'FORBIDDEN']);
    expect(await codeOf(amend(prefecture, cpo.id, to(second, 1), 9))).toEqual([412, 'STALE_VERSION']);
    expect(await ledgerOf(app, envelopeIds[0] ?? '')).toEqual(['open 400000', 'reserve 300000']);
  });
});

describe('terminating', () => {
  test('gives back what later years hold, and leaves the year that runs to its own end', async () => {
    const { cpo, prefecture, dossier, envelopeIds, firstEnvelopeId } = await aSignedCpo(app, {
      years: 4,
      laterCeilings: [400_000, 400_000, null],
    });
    const [first = 0, second = 0] = dossier.years;
    app.clock.set(`${first}-11-05T09:00:00Z`);
    await app.app.get(KeepCpos).execute();
    await acceptReport(app, dossier.actionId, first);
    await done(actOnCpo(app, await aPrefecture(app), cpo.id, `tranches/${second}/confirm`));
    const later = await again(app, prefecture);
    const terminate = (by: Person, effectiveOn: string) => actOnCpo(app, by, cpo.id, 'terminate', { reason: 'Dissolution', effectiveOn });
    expect(await codeOf(terminate(later, '2024-01-01'))).toEqual([422, 'TERMINATED_TOO_EARLY']);
    expect(await codeOf(terminate(await again(app, dossier.signatory), `${first}-12-31`))).toEqual([403, 'FORBIDDEN']);
    const ended = await done(terminate(later, `${first}-12-31`));
    expect(ended).toMatchObject({ state: 'terminated', reason: 'Dissolution', endedOn: `${first}-12-31` });
    expect(statesOf(ended).map((said) => said.slice(5))).toEqual(['confirmed', 'cancelled', 'cancelled', 'cancelled']);
    expect(await countersOf(app, firstEnvelopeId)).toMatchObject({ committed: 300_000n });
    for (const id of envelopeIds.slice(0, 2)) expect(await countersOf(app, id ?? '')).toMatchObject({ reserved: 0n, committed: 0n });
    expect(await ledgerOf(app, envelopeIds[0] ?? '')).toEqual([
      'open 400000',
      'reserve 300000',
      'release 300000',
      'commit 300000',
      'decommit 300000',
    ]);
    expect(await lineRow(app, dossier.lineIds[1] ?? '')).toMatchObject({ state: 'cancelled', grantedCents: null, envelopeId: null });
    expect((await auditOf(app, dossier.lineIds[2] ?? '')).at(-1)).toMatchObject({ act: 'funding-line.cancelled', actorId: prefecture.id });
    expect(await codeOf(terminate(later, `${first}-12-31`))).toEqual([409, 'ACT_NOT_ALLOWED']);
    expect(await codeOf(app.http.get(`/v1/cpos/${cpo.id}/renewal`).set(later.auth))).toEqual([409, 'NO_RENEWAL']);
  });

  test.each([
    ['12-31', 'cancelled'],
    ['01-01', 'confirmed'],
  ])('a confirmed year ends with it only if it begins after: effective on the %s around it, %s', async (day, expected) => {
    const { cpo, dossier } = await aSignedCpo(app, { laterCeilings: [400_000] });
    const [first = 0, second = 0] = dossier.years;
    app.clock.set(`${first}-11-05T09:00:00Z`);
    await app.app.get(KeepCpos).execute();
    await acceptReport(app, dossier.actionId, first);
    const other = await aPrefecture(app);
    await done(actOnCpo(app, other, cpo.id, `tranches/${second}/confirm`));
    const effectiveOn = `${day === '12-31' ? first : second}-${day}`;
    const ended = await done(actOnCpo(app, other, cpo.id, 'terminate', { reason: 'Dissolution', effectiveOn }));
    expect(ended.tranches[1]?.state).toBe(expected);
  });

  test('a withdrawn dossier gives its years back; its CPO can still be terminated', async () => {
    const { cpo, prefecture, dossier, envelopeIds } = await aSignedCpo(app, { laterCeilings: [400_000] });
    const [row] = await app.query<{ version: number }>('SELECT version FROM dossiers WHERE id = $1', [dossier.id]);
    await actOn(app, { ...dossier, version: row?.version ?? 0 }, 'withdraw', dossier.signatory, { reason: 'Nous renonçons' });
    expect(await countersOf(app, envelopeIds[0] ?? '')).toMatchObject({ reserved: 0n, committed: 0n });
    const { body } = await app.http.get(`/v1/cpos/${cpo.id}`).set(prefecture.auth).expect(200);
    expect((body as CpoBody).tranches.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    const terminated = await done(actOnCpo(app, prefecture, cpo.id, 'terminate', { reason: 'Retrait', effectiveOn: '2030-01-01' }));
    expect(terminated.state).toBe('terminated');
  });
});

describe('ending', () => {
  test('waits for the last year’s end in Paris, then lets go of what was never confirmed', async () => {
    const { cpo, prefecture, dossier, envelopeIds } = await aSignedCpo(app, { laterCeilings: [400_000, null] });
    const third = dossier.years[2] ?? 0;
    const end = async (by: Person) => actOnCpo(app, await again(app, by), cpo.id, 'end');
    app.clock.set(`${third}-12-31T12:00:00Z`);
    await app.app.get(KeepCpos).execute();
    expect(await codeOf(end(prefecture))).toEqual([409, 'CPO_NOT_OVER']);
    app.clock.set(`${third}-12-31T23:00:01Z`);
    expect(await codeOf(end(dossier.editor))).toEqual([403, 'FORBIDDEN']);
    const ended = await done(end(prefecture));
    expect(ended).toMatchObject({ state: 'ended', endedOn: `${third + 1}-01-01` });
    expect(statesOf(ended).map((said) => said.slice(5))).toEqual(['confirmed', 'cancelled', 'cancelled']);
    expect(await countersOf(app, envelopeIds[0] ?? '')).toMatchObject({ reserved: 0n });
  });

  test('comes by the clock once its last report was due, and not a day before', async () => {
    const { cpo, prefecture, dossier, envelopeIds } = await aSignedCpo(app, { laterCeilings: [400_000] });
    const after = (dossier.years[2] ?? 0) + 1;
    const keep = () => app.app.get(KeepCpos).execute();
    app.clock.freeze(`${after}-06-30T21:59:59.000Z`);
    expect(await keep()).toBe(1);
    expect(await keep()).toBe(0);
    app.clock.freeze(`${after}-06-30T22:00:00.000Z`);
    expect(await keep()).toBe(1);
    expect(await app.query('SELECT state, ended_on AS "endedOn" FROM cpos WHERE id = $1', [cpo.id])).toEqual([
      { state: 'ended', endedOn: `${after}-07-01` },
    ]);
    expect(await countersOf(app, envelopeIds[0] ?? '')).toMatchObject({ reserved: 0n });
    expect((await auditOf(app, cpo.id)).at(-1)).toMatchObject({ act: 'cpo.ended', actorId: null, actorKind: 'system' });
    const movers = await app.query('SELECT actor_id AS by FROM movements WHERE envelope_id = $1 ORDER BY position DESC LIMIT 1', [
      envelopeIds[0],
    ]);
    expect(movers).toEqual([{ by: prefecture.id }]);
  });

  test('proposes what would follow, six months before, without any decision', async () => {
    const { cpo, delegate, dossier } = await aSignedCpo(app, { amountsCents: [300_000, 200_000, 100_001] });
    const third = dossier.years[2] ?? 0;
    const renewal = async () =>
      (
        await app.http
          .get(`/v1/cpos/${cpo.id}/renewal`)
          .set((await again(app, delegate)).auth)
          .expect(200)
      ).body as object;
    expect(await renewal()).toMatchObject({ status: 'not-yet', proposedFrom: `${third}-07-01` });
    app.clock.set(`${third}-06-30T22:00:01Z`);
    const proposed = await renewal();
    expect(proposed).toMatchObject({
      status: 'proposed',
      organisationId: dossier.organisationId,
      tranches: [1, 2, 3].map((later) => ({ year: third + later, amountCents: 200_000 })),
      action: {
        title: 'Ateliers de pratique du français',
        ...{ multiYear: true, renewed: true, startsOn: `${third + 1}-01-15`, endsOn: `${third + 3}-12-15`, qpv: ['gagarine'] },
        indicators: [{ label: 'Personnes formées' }],
      },
    });
    expect(JSON.stringify(proposed)).not.toMatch(/granted|decided|reason/);
  });
});

test('the share of CPOs, by both definitions, for who steers', async () => {
  const { dossier, prefecture, delegate } = await aSignedCpo(app);
  const [first = 0] = dossier.years;
  const share = async (by: Person, query: string) => {
    const { status, body } = await app.http.get(`/v1/cpos/share?${query}`).set(by.auth);
    return status === 200 ? (body as object) : status;
  };
  expect(await share(prefecture, `year=${first}&department=94`)).toEqual({
    agreements: { multiYear: 1, all: 1, percent: 100 },
    p147: { multiYearCents: 300_000, allCents: 300_000, percent: 100 },
    target: 50,
  });
  // A grant of another funder, and one of programme 147, outside any CPO.
  for (const [funder, cents] of [
    ['CD94', 100_000],
    ['P147-94', 400_000],
  ] as const) {
    await app.query(
      `INSERT INTO funding_lines (id, action_id, dossier_id, call_id, organisation_id, funder_id, scheme, year, requested_cents, granted_cents, state)
       SELECT gen_random_uuid(), action_id, dossier_id, call_id, organisation_id, (SELECT id FROM funders WHERE code = $2), 'autre', year, $3, $3, 'approved'
       FROM funding_lines WHERE id = $1`,
      [dossier.lineIds[0], funder, cents],
    );
  }
  const coordinator = await aPerson(app, { grants: [GRANTS.coordinator()] });
  const expected = {
    agreements: { multiYear: 1, all: 3, percent: 33 },
    p147: { multiYearCents: 300_000, allCents: 700_000, percent: 42 },
    target: 50,
  };
  expect(await share(coordinator, `year=${first}`)).toEqual(expected);
  expect(await share(delegate, `year=${first}&department=94`)).toEqual(expected);
  expect(await share(coordinator, `year=${first}&department=91`)).toMatchObject({ agreements: { all: 0, percent: null } });
  expect(await share(coordinator, `year=${first + 1}`)).toMatchObject({ agreements: { all: 0 }, p147: { percent: null } });
  expect(await share(prefecture, `year=${first}`)).toBe(403);
  expect(await share(prefecture, `year=${first}&department=91`)).toBe(403);
  expect(await share(dossier.editor, `year=${first}&department=94`)).toBe(403);
  // Made up for the count only: nobody decided them.
  await app.query(`DELETE FROM funding_lines WHERE scheme = 'autre'`);
});

test('lists by year, state, organisation and funder', async () => {
  const one = await aSignedCpo(app);
  const coordinator = await aPerson(app, { grants: [GRANTS.coordinator()] });
  const [first = 0, , third = 0] = one.dossier.years;
  await anEnvelopeOf(app, third);
  const ids = async (query: string) => {
    const { body } = await app.http.get(`/v1/cpos?${query}`).set(coordinator.auth).expect(200);
    return (body as { data: { id: string }[] }).data.map(({ id }) => id);
  };
  for (const query of [
    `year=${third}&count=true`,
    `state=signed&year=${first}`,
    `organisationId=${one.dossier.organisationId}`,
    `funderId=${one.dossier.funderId}`,
  ]) {
    expect(await ids(query)).toEqual([one.id]);
  }
  for (const query of [`year=${third + 1}`, 'state=negotiation', `organisationId=${one.id}`, `funderId=${one.id}`]) {
    expect(await ids(query)).toEqual([]);
  }
});
