import { parisDay } from '../../../src/kernel/paris-day.js';
import { KeepCpos } from '../../../src/modules/agreements/index.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import {
  acceptReport,
  actOnCpo,
  again,
  aMultiYearDossier,
  anEnvelopeOf,
  aSignedCpo,
  cpoFaults,
  done,
  negotiation,
  signature,
  type CpoBody,
} from '../../builders/cpos.js';
import { aDelegate, aPrefecture, aSubmittedLine, countersOf, decide, ledgerOf, lineRow, moreLines } from '../../builders/funding.js';
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

/** Signed and running: the middle of its first year. `other`: a prefecture that did not reserve. */
async function running(options: Parameters<typeof aSignedCpo>[1] = {}) {
  const signed = await aSignedCpo(app, options);
  const [first = 0, second = 0, third = 0] = signed.dossier.years;
  app.clock.set(`${first}-11-05T09:00:00Z`);
  await app.app.get(KeepCpos).execute();
  const [delegate, prefecture] = [await again(app, signed.delegate), await again(app, signed.prefecture)];
  const other = await aPrefecture(app);
  return { ...signed, ...{ first, second, third, delegate, prefecture, other } };
}
const confirm = (by: Person, id: string, year: number, version?: number) => actOnCpo(app, by, id, `tranches/${year}/confirm`, {}, version);

test('needs the accepted report on the year before, then commits the year, which lives as any grant', async () => {
  const { cpo, dossier, other, prefecture, first, second, envelopeIds } = await running({ laterCeilings: [400_000] });
  const [, line = ''] = dossier.lineIds;
  const [later] = envelopeIds;
  expect(await codeOf(confirm(other, cpo.id, second))).toEqual([409, 'TRANCHE_NOT_OPEN']);
  // Another year's report opens nothing.
  await acceptReport(app, dossier.actionId, second);
  expect(await codeOf(confirm(other, cpo.id, second))).toEqual([409, 'TRANCHE_NOT_OPEN']);
  await acceptReport(app, dossier.actionId, first);
  await acceptReport(app, dossier.actionId, first);
  expect(await codeOf(confirm(prefecture, cpo.id, second))).toEqual([409, 'FOUR_EYES']);
  const confirmed = await done(confirm(other, cpo.id, second));
  expect(confirmed.tranches[1]).toMatchObject({
    state: 'confirmed',
    committedCents: 300_000,
    reservedCents: 0,
    open: true,
    lineStatus: 'approved',
  });
  expect(await countersOf(app, later ?? '')).toEqual({ ceiling: 400_000n, reserved: 0n, committed: 300_000n });
  expect(await ledgerOf(app, later ?? '')).toEqual(['open 400000', 'reserve 300000', 'release 300000', 'commit 300000']);
  expect((await auditOf(app, line)).at(-1)).toMatchObject({ act: 'funding-line.approved', actorId: other.id });
  expect(await codeOf(confirm(other, cpo.id, second))).toEqual([409, 'TRANCHE_ALREADY_CONFIRMED']);

  // Nobody is told before the announcement.
  const editor = await again(app, dossier.editor);
  const seen = async () => ((await app.http.get(`/v1/cpos/${cpo.id}`).set(editor.auth).expect(200)).body as CpoBody).tranches[1]?.state;
  expect(await seen()).toBe('planned');
  await done(actOnCpo(app, other, cpo.id, `tranches/${second}/announce`));
  expect(await seen()).toBe('confirmed');
  expect(await lineRow(app, line)).toMatchObject({ state: 'announced' });
  expect(await app.query(`SELECT payload -> 'lineIds' AS lines FROM outbox WHERE type = 'results.announced.v1'`)).toEqual([
    { lines: [line] },
  ]);
  expect(await codeOf(actOnCpo(app, other, cpo.id, `tranches/${second}/announce`))).toEqual([409, 'ACT_NOT_ALLOWED']);
});

test('an unfunded year waits for its envelope, is reserved, then confirmed', async () => {
  const { cpo, dossier, other, delegate, first, second, third } = await running();
  await acceptReport(app, dossier.actionId, first);
  expect(await codeOf(confirm(other, cpo.id, second))).toEqual([409, 'TRANCHE_UNFUNDED']);
  const reserve = (body: object, year = second) => actOnCpo(app, delegate, cpo.id, `tranches/${year}/reserve`, body);
  expect(await codeOf(reserve({}))).toEqual([409, 'NO_ROOM_FOR_TRANCHE']);
  const small = await anEnvelopeOf(app, second, { ceilingCents: 299_999 });
  expect(await codeOf(reserve({}))).toEqual([409, 'NO_ROOM_FOR_TRANCHE']);
  expect(await codeOf(reserve({ envelopeId: small }))).toEqual([409, 'ENVELOPE_EXCEEDED']);
  for (const wrong of [await anEnvelopeOf(app, third), await anEnvelopeOf(app, second, { funder: 'P147-91' })]) {
    expect(await codeOf(reserve({ envelopeId: wrong }))).toEqual([422, 'WRONG_ENVELOPE']);
  }
  expect(await codeOf(reserve({}, first))).toEqual([409, 'TRANCHE_ALREADY_CONFIRMED']);
  expect(await codeOf(reserve({}, 2099))).toEqual([404, 'NOT_FOUND']);
  const enough = await anEnvelopeOf(app, second, { ceilingCents: 300_000 });
  const reserved = await done(reserve({}));
  expect(reserved.tranches[1]).toMatchObject({ state: 'reserved', envelopeId: enough });
  expect((await done(confirm(other, cpo.id, second))).tranches[1]).toMatchObject({ state: 'confirmed' });
});

test('by who may approve that amount: a delegate within a delegation, nobody else', async () => {
  const { cpo, dossier, prefecture, first, second } = await running({ laterCeilings: [400_000] });
  await acceptReport(app, dossier.actionId, first);
  const delegate = await aDelegate(app);
  expect(await codeOf(confirm(delegate, cpo.id, second))).toEqual([409, 'NO_DELEGATION']);
  const grant = (ceilingCents: number, reference: string) =>
    app.query(
      `INSERT INTO signature_delegations (id, user_id, funder_id, ceiling_cents, valid, reference, granted_by)
       VALUES (gen_random_uuid(), $1, $2, $3, daterange($4::date, $5::date), $6, $7)`,
      [delegate.id, dossier.funderId, ceilingCents, `${first}-01-01`, `${first + 1}-01-01`, reference, prefecture.id],
    );
  await grant(299_999, 'trop peu');
  expect(await codeOf(confirm(delegate, cpo.id, second))).toEqual([409, 'DELEGATION_EXCEEDED']);
  await app.query(`DELETE FROM signature_delegations WHERE user_id = $1`, [delegate.id]);
  await grant(300_000, 'assez');
  for (const [someone, answer] of [
    [await aPerson(app, { grants: [GRANTS.coordinator()] }), [403, 'FORBIDDEN']],
    [await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }), [403, 'FORBIDDEN']],
    [await aPrefecture(app, '91'), [404, 'NOT_FOUND']],
    [await again(app, dossier.signatory), [403, 'FORBIDDEN']],
  ] as const) {
    expect(await codeOf(confirm(someone, cpo.id, second))).toEqual(answer);
  }
  expect((await done(confirm(delegate, cpo.id, second))).tranches[1]).toMatchObject({ state: 'confirmed' });
});

test('before it takes effect, a year is confirmed by the report alone', async () => {
  const { cpo, dossier } = await aSignedCpo(app, { laterCeilings: [400_000] });
  const [first = 0, second = 0] = dossier.years;
  const prefecture = await aPrefecture(app);
  expect(await codeOf(confirm(prefecture, cpo.id, second))).toEqual([409, 'TRANCHE_NOT_OPEN']);
  await acceptReport(app, dossier.actionId, first);
  expect((await done(confirm(prefecture, cpo.id, second))).state).toBe('signed');
});

test('two confirmations at once commit once', async () => {
  const { cpo, dossier, other, first, second, envelopeIds } = await running({ laterCeilings: [900_000] });
  await acceptReport(app, dossier.actionId, first);
  const [row] = await app.query<{ version: number }>('SELECT version FROM cpos WHERE id = $1', [cpo.id]);
  const answers = await Promise.all(Array.from({ length: 8 }, () => confirm(other, cpo.id, second, row?.version)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 412)).toHaveLength(7);
  expect(await countersOf(app, envelopeIds[0] ?? '')).toMatchObject({ reserved: 0n, committed: 300_000n });
});

test('confirmed while others approve on the same envelope: what was reserved is never taken, and nothing is over-committed', async () => {
  const { cpo, dossier, other, first, second, envelopeIds } = await running({ laterCeilings: [300_000 + 10 * 10_000] });
  const envelopeId = envelopeIds[0] ?? '';
  await acceptReport(app, dossier.actionId, first);
  const line = await aSubmittedLine(app, { requestedCents: 10_000 });
  expect(line.year).toBe(second);
  const ids = [line.id, ...(await moreLines(app, line, 29))];
  const delegate = await aDelegate(app);
  // A cent each is held; approving the whole needs 9,999 more, and there is not enough for all.
  for (const id of ids) await decide(app, delegate, id, 'propose', { amountCents: 1, envelopeId });
  const prefecture = await aPrefecture(app);
  const [confirmed, ...approved] = await Promise.all([
    confirm(other, cpo.id, second),
    ...ids.map((id) => decide(app, prefecture, id, 'approve', { amountCents: 10_000 })),
  ]);
  expect(confirmed.status).toBe(200);
  const passed = approved.filter(({ status }) => status === 200).length;
  expect(passed).toBe(9);
  const counters = await countersOf(app, envelopeId);
  expect(counters.committed).toBe(BigInt(300_000 + passed * 10_000));
  expect(counters.reserved + counters.committed <= counters.ceiling).toBe(true);
});

test('terminated while it is confirmed: one of them decides, and the envelope says which', async () => {
  const { cpo, dossier, other, prefecture, first, second, envelopeIds } = await running({ laterCeilings: [300_000] });
  await acceptReport(app, dossier.actionId, first);
  const [row] = await app.query<{ version: number }>('SELECT version FROM cpos WHERE id = $1', [cpo.id]);
  const [confirmed, terminated] = await Promise.all([
    confirm(other, cpo.id, second, row?.version),
    actOnCpo(app, prefecture, cpo.id, 'terminate', { reason: 'Dissolution', effectiveOn: `${second}-01-01` }, row?.version),
  ]);
  expect([confirmed.status, terminated.status].sort()).toEqual([200, 412]);
  const counters = await countersOf(app, envelopeIds[0] ?? '');
  expect(counters).toMatchObject(confirmed.status === 200 ? { reserved: 0n, committed: 300_000n } : { reserved: 0n, committed: 0n });
});

test('another funder confirms in one step, with the envelope it keeps here or with none', async () => {
  const partner = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
  const dossier = await aMultiYearDossier(app, { funder: 'CD94' });
  const [first = 0, second = 0, third = 0] = dossier.years;
  const { body } = await app.http.post('/v1/cpos').set(partner.auth).send(negotiation(dossier)).expect(201);
  const { id } = body as CpoBody;
  const decidedOn = parisDay(app.clock.now());
  await decide(app, partner, dossier.lineIds[0] ?? '', 'record-decision', { amountCents: 300_000, decisionReference: 'CP 1', decidedOn });
  const envelopeId = await anEnvelopeOf(app, second, { funder: 'CD94', ceilingCents: 300_000 });
  const signed = await done(actOnCpo(app, partner, id, 'sign', signature(app)));
  expect(signed.tranches).toMatchObject([
    { state: 'confirmed', envelopeId: null },
    { state: 'reserved', envelopeId },
    { state: 'unfunded' },
  ]);
  app.clock.set(`${second}-02-01T09:00:00Z`);
  await app.app.get(KeepCpos).execute();
  const later = await again(app, partner);
  await acceptReport(app, dossier.actionId, first);
  await acceptReport(app, dossier.actionId, second);
  await done(confirm(later, id, second));
  const confirmed = await done(confirm(later, id, third));
  expect(confirmed.tranches).toMatchObject([{}, { state: 'confirmed', committedCents: 300_000 }, { state: 'confirmed', envelopeId: null }]);
  expect(await ledgerOf(app, envelopeId)).toEqual(['open 300000', 'reserve 300000', 'release 300000', 'commit 300000']);
});
