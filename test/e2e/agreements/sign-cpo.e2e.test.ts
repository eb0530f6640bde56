import { parisDay } from '../../../src/kernel/paris-day.js';
import { KeepCpos } from '../../../src/modules/agreements/index.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import {
  actOnCpo,
  again,
  anEnvelopeOf,
  aNegotiatedCpo,
  aSignedCpo,
  cpoFaults,
  done,
  signature,
  statesOf,
  type CpoBody,
} from '../../builders/cpos.js';
import { aSubEnvelope } from '../../builders/envelopes.js';
import { aDelegate, aPrefecture, countersOf, decide, ledgerOf, lineRow } from '../../builders/funding.js';
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

test('confirms the first year, reserves those with room, and leaves the others visibly unfunded', async () => {
  const signed = await aSignedCpo(app, { years: 4, laterCeilings: [400_000, 299_999, null] });
  const { cpo, dossier, prefecture, envelopeIds, firstEnvelopeId } = signed;
  const [first, second, third, fourth] = dossier.years;
  expect(cpo).toMatchObject({ state: 'signed', version: 2, reference: 'CPO 2027-012' });
  expect(cpo.tranches).toMatchObject([
    { year: first, state: 'confirmed', committedCents: 300_000, envelopeId: firstEnvelopeId, open: true, why: null },
    { year: second, state: 'reserved', reservedCents: 300_000, envelopeId: envelopeIds[0], open: false, why: null },
    { year: third, state: 'unfunded', reservedCents: 0, envelopeId: null, why: expect.stringMatching(/n’a plus que 2.999,99.€/) },
    { year: fourth, state: 'unfunded', reservedCents: 0, envelopeId: null, why: expect.stringMatching(/Aucune enveloppe/) },
  ]);
  expect(await ledgerOf(app, envelopeIds[0] ?? '')).toEqual(['open 400000', 'reserve 300000']);
  expect(await ledgerOf(app, envelopeIds[1] ?? '')).toEqual(['open 299999']);
  expect((await auditOf(app, cpo.id)).map(({ act, actorId }) => [act, actorId])).toContainEqual(['cpo.signed', prefecture.id]);
  expect((await auditOf(app, dossier.lineIds[1] ?? '')).map(({ act }) => act)).toEqual([
    'funding-line.held-by-cpo',
    'funding-line.proposed',
  ]);
  // What it holds, only it decides on: the first year too.
  const undone = decide(app, prefecture, dossier.lineIds[0] ?? '', 'release', { reason: 'Erreur' });
  expect(await codeOf(undone)).toEqual([409, 'HELD_BY_CPO']);
});

test('prefers the programme of the first year, though another has room', async () => {
  const negotiated = await aNegotiatedCpo(app, { programme: 'P147-01' });
  const [, second = 0] = negotiated.dossier.years;
  await anEnvelopeOf(app, second, { programme: 'Autre' });
  const same = await anEnvelopeOf(app, second, { programme: 'P147-01' });
  const cpo = await done(actOnCpo(app, negotiated.prefecture, negotiated.id, 'sign', signature(app)));
  expect(cpo.tranches[1]).toMatchObject({ state: 'reserved', envelopeId: same });
});

test('never on the part of a sector where the action does not take place, though it alone has room', async () => {
  const { id, dossier, prefecture } = await aNegotiatedCpo(app);
  const [, second = 0, third = 0] = dossier.years;
  const [elsewhere, here] = [
    await anEnvelopeOf(app, second, { ceilingCents: 400_000 }),
    await anEnvelopeOf(app, third, { ceilingCents: 400_000 }),
  ];
  await aSubEnvelope(app, prefecture, elsewhere, { sectorCode: 'NO' });
  const part = await aSubEnvelope(app, prefecture, here, { sectorCode: 'NE' });
  const cpo = await done(actOnCpo(app, prefecture, id, 'sign', signature(app)));
  expect(cpo.tranches).toMatchObject([{}, { state: 'unfunded', envelopeId: null }, { state: 'reserved', envelopeId: part }]);
  expect(cpo.tranches[1]?.why).toMatch(/n’a plus que 0,00.€/);
  expect(await codeOf(actOnCpo(app, prefecture, id, `tranches/${second}/reserve`))).toEqual([409, 'NO_ROOM_FOR_TRANCHE']);
});

describe('refused', () => {
  test('when the first year is not granted, or for another amount', async () => {
    const { id, dossier, delegate, prefecture, firstEnvelopeId } = await aNegotiatedCpo(app);
    const [line = ''] = dossier.lineIds;
    const sign = () => codeOf(actOnCpo(app, prefecture, id, 'sign', signature(app)));
    await decide(app, prefecture, line, 'release', { reason: 'À revoir' });
    expect(await sign()).toEqual([409, 'FIRST_TRANCHE_NOT_GRANTED']);
    await decide(app, delegate, line, 'propose', { amountCents: 200_000, envelopeId: firstEnvelopeId });
    expect(await sign()).toEqual([409, 'FIRST_TRANCHE_NOT_GRANTED']);
    await decide(app, prefecture, line, 'approve', { amountCents: 200_000 });
    expect(await sign()).toEqual([409, 'FIRST_TRANCHE_DIFFERS']);
    expect(await app.query('SELECT state, version, signed_on AS "signedOn" FROM cpos WHERE id = $1', [id])).toEqual([
      { state: 'negotiation', version: 1, signedOn: null },
    ]);
  });

  test('signed tomorrow, twice, on another version', async () => {
    const { id, prefecture } = await aNegotiatedCpo(app);
    const tomorrow = parisDay(new Date(app.clock.now().getTime() + 2 * 86_400_000));
    const sign = (over: object, version?: number) => codeOf(actOnCpo(app, prefecture, id, 'sign', { ...signature(app), ...over }, version));
    expect(await sign({ signedOn: tomorrow })).toEqual([422, 'SIGNED_IN_FUTURE']);
    expect(await sign({ beneficiarySignedOn: tomorrow })).toEqual([422, 'SIGNED_IN_FUTURE']);
    expect(await sign({}, 7)).toEqual([412, 'STALE_VERSION']);
    await done(actOnCpo(app, prefecture, id, 'sign', signature(app)));
    expect(await sign({})).toEqual([409, 'ACT_NOT_ALLOWED']);
    expect(await codeOf(actOnCpo(app, prefecture, id, 'abandon', { reason: 'Non' }))).toEqual([409, 'ACT_NOT_ALLOWED']);
  });

  test('by who decides and does not sign, who reads, who belongs to it', async () => {
    const { id, dossier, delegate } = await aNegotiatedCpo(app);
    const sign = (by: Person) => codeOf(actOnCpo(app, by, id, 'sign', signature(app)));
    expect(await sign(delegate)).toEqual([403, 'FORBIDDEN']);
    expect(await sign(await aPerson(app, { grants: [GRANTS.auditor()] }))).toEqual([403, 'FORBIDDEN']);
    expect(await sign(await aPrefecture(app, '91'))).toEqual([404, 'NOT_FOUND']);
    expect(await sign(dossier.signatory)).toEqual([404, 'NOT_FOUND']);
    const recused = await aPrefecture(app);
    await app.query(
      `INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Mon conjoint la préside')`,
      [recused.id, dossier.organisationId],
    );
    expect(await sign(recused)).toEqual([403, 'RECUSED']);
  });
});

test('two signatures at once: one signs, and reserves once', async () => {
  const { id, prefecture, dossier } = await aNegotiatedCpo(app);
  const later = await anEnvelopeOf(app, dossier.years[1] ?? 0);
  const answers = await Promise.all([1, 2, 3].map(() => actOnCpo(app, prefecture, id, 'sign', signature(app), 1)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  expect(await countersOf(app, later)).toMatchObject({ reserved: 300_000n });
});

test('ten signatures at once on an envelope that holds four of their years: four are reserved, six unfunded, none refused', async () => {
  const negotiated = [];
  for (let index = 0; index < 10; index++) negotiated.push(await aNegotiatedCpo(app));
  const later = await anEnvelopeOf(app, negotiated[0]?.dossier.years[1] ?? 0, { ceilingCents: 4 * 300_000 + 1 });
  const cpos = await Promise.all(negotiated.map(({ id, prefecture }) => done(actOnCpo(app, prefecture, id, 'sign', signature(app)))));
  const seconds = cpos.map(({ tranches }) => tranches[1]?.state);
  expect([seconds.filter((state) => state === 'reserved').length, seconds.filter((state) => state === 'unfunded').length]).toEqual([4, 6]);
  expect(await countersOf(app, later)).toMatchObject({ reserved: 1_200_000n });
});

test('takes effect when its first year begins in Paris, once', async () => {
  const { cpo, dossier } = await aSignedCpo(app);
  const [first = 0] = dossier.years;
  const stateOf = async () => (await app.query<{ state: string }>('SELECT state FROM cpos WHERE id = $1', [cpo.id]))[0]?.state;
  const keep = () => app.app.get(KeepCpos).execute();
  app.clock.freeze(`${first - 1}-12-31T22:59:59.999Z`);
  expect([await keep(), await stateOf()]).toEqual([0, 'signed']);
  app.clock.freeze(`${first - 1}-12-31T23:00:00.000Z`);
  expect([await keep(), await stateOf()]).toEqual([1, 'active']);
  expect(await keep()).toBe(0);
  expect((await auditOf(app, cpo.id)).at(-1)).toMatchObject({ act: 'cpo.activated', actorKind: 'system' });
});

test('signed, the organisation sees it without what is reserved; it is told of nothing before its announcement', async () => {
  const { cpo, dossier, prefecture, delegate } = await aSignedCpo(app, { laterCeilings: [400_000] });
  const read = async (by: Person) => {
    const { body, headers } = await app.http.get(`/v1/cpos/${cpo.id}`).set(by.auth).expect(200);
    return { body: body as CpoBody, etag: headers['etag'] };
  };
  const seen = await read(dossier.editor);
  expect(seen).toMatchObject({ body: { version: null, state: 'signed' }, etag: undefined });
  expect(statesOf(seen.body).map((said) => said.slice(5))).toEqual(['planned', 'planned', 'planned']);
  expect(seen.body.tranches[1]).toMatchObject({
    envelopeId: null,
    reservedCents: null,
    committedCents: null,
    why: null,
    lineStatus: 'under-instruction',
  });
  expect((await read(delegate)).body.tranches[1]).toMatchObject({ state: 'reserved' });
  // Reserving another year is internal: nothing moves for the organisation.
  await anEnvelopeOf(app, dossier.years[2] ?? 0);
  await done(actOnCpo(app, prefecture, cpo.id, `tranches/${dossier.years[2]}/reserve`));
  expect(await read(dossier.editor)).toEqual(seen);
  const { body: list } = await app.http.get('/v1/cpos').set(dossier.signatory.auth).expect(200);
  expect((list as { data: object[] }).data).toMatchObject([{ id: cpo.id, version: null }]);
  expect(await codeOf(app.http.get(`/v1/cpos/${cpo.id}/versions`).set(dossier.editor.auth))).toEqual([404, 'NOT_FOUND']);
  const other = await aPerson(app);
  expect(await codeOf(app.http.get(`/v1/cpos/${cpo.id}`).set(other.auth))).toEqual([404, 'NOT_FOUND']);
});

test('signed in its first year, it takes effect at once', async () => {
  const { id, prefecture, dossier } = await aNegotiatedCpo(app);
  app.clock.set(`${dossier.years[0]}-01-15T09:00:00Z`);
  const cpo = await done(actOnCpo(app, await again(app, prefecture), id, 'sign', signature(app)));
  expect(cpo.state).toBe('active');
  expect(await lineRow(app, dossier.lineIds[0] ?? '')).toMatchObject({ state: 'approved' });
  await aDelegate(app);
});
