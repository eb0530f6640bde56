import { KeepCpos } from '../../../src/modules/agreements/index.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { actFaults, onAct, prepareActs, actsOf, signature, today, type ActBody } from '../../builders/acts.js';
import {
  acceptReport,
  actOnCpo,
  aNegotiatedCpo,
  anEnvelopeOf,
  cpoFaults,
  done,
  signature as cpoSignature,
  type CpoBody,
  type NegotiatedCpo,
} from '../../builders/cpos.js';
import { aPrefecture, lineRow } from '../../builders/funding.js';
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
  expect([await ledgerFaults(app.query), await cpoFaults(app), await actFaults(app)]).toEqual([[], [], []]);
});
afterAll(() => app.close());

/** Negotiated, its first line announced. */
async function announced(): Promise<NegotiatedCpo> {
  const cpo = await aNegotiatedCpo(app);
  await app.query(`UPDATE funding_lines SET state = 'announced', announced_at = now() WHERE id = $1`, [cpo.dossier.lineIds[0]]);
  return cpo;
}
const prepare = async ({ id, prefecture }: NegotiatedCpo): Promise<ActBody> => {
  const { status, body } = await actOnCpo(app, prefecture, id, 'prepare-act');
  if (status !== 201) throw new Error(`not prepared: ${JSON.stringify(body)}`);
  return body as ActBody;
};
const read = async ({ id, prefecture }: NegotiatedCpo) =>
  (await app.http.get(`/v1/cpos/${id}`).set(prefecture.auth).expect(200)).body as CpoBody & { readonly actId: string | null };
const codeOf = async (answer: PromiseLike<{ status: number; body: unknown }>) => {
  const { status, body } = await answer;
  return [status, (body as { code?: string }).code];
};
const states = ({ dossier }: NegotiatedCpo) => Promise.all(dossier.lineIds.map(async (id) => (await lineRow(app, id)).state));

test('one act for all the years: its signature is that of the CPO, and its notification that of the first year', async () => {
  const cpo = await announced();
  const { prefecture, dossier } = cpo;
  const act = await prepare(cpo);
  expect(act).toMatchObject({ kind: 'cpo', state: 'prepared', amountCents: 900_000, isBilateral: true, year: dossier.years[0] });
  expect(await read(cpo)).toMatchObject({ state: 'negotiation', actId: act.id });
  const pdf = await app.http.get(`/v1/acts/${act.id}/document`).set(prefecture.auth).expect(200);
  expect(pdf.headers['content-type']).toBe('application/pdf');
  expect(await states(cpo)).toEqual(['act-generated', 'requested', 'requested']);

  expect((await onAct(app, prefecture, act.id, 'sign', signature(app))).status).toBe(200);
  expect(await read(cpo)).toMatchObject({
    ...{ state: 'signed', actId: act.id, reference: act.number, signedOn: today(app), beneficiarySignedOn: null },
    tranches: [{ state: 'confirmed', lineStatus: 'signed' }, { state: 'unfunded' }, { state: 'unfunded' }],
  });
  expect((await auditOf(app, cpo.id)).map(({ act: done_ }) => done_)).toEqual(['cpo.negotiated', 'cpo.act-prepared', 'cpo.signed']);
  expect(await codeOf(onAct(app, prefecture, act.id, 'notify'))).toEqual([409, 'BENEFICIARY_SIGNATURE_MISSING']);
  expect((await onAct(app, prefecture, act.id, 'notify', { beneficiarySignedOn: today(app) })).status).toBe(200);
  expect(await states(cpo)).toEqual(['notified', 'requested', 'requested']);
  expect(await read(cpo)).toMatchObject({ beneficiarySignedOn: today(app) });
});

test('the amounts wait for the act: they change once it is void, and it is made again', async () => {
  const cpo = await announced();
  const { prefecture, delegate, dossier } = cpo;
  const act = await prepare(cpo);
  const change = async (amountCents: number) =>
    app.http
      .put(`/v1/cpos/${cpo.id}`)
      .set(delegate.auth)
      .set('If-Match', `"${(await read(cpo)).version}"`)
      .send({ tranches: dossier.years.map((year, index) => ({ year, amountCents: index === 0 ? 300_000 : amountCents })) });
  expect(await codeOf(change(200_000))).toEqual([409, 'CPO_ON_PAPER']);
  expect(await codeOf(actOnCpo(app, prefecture, cpo.id, 'prepare-act'))).toEqual([409, 'CPO_ON_PAPER']);
  expect(await codeOf(actOnCpo(app, prefecture, cpo.id, 'sign', cpoSignature(app)))).toEqual([409, 'CPO_ON_PAPER']);
  expect(await codeOf(actOnCpo(app, delegate, cpo.id, 'abandon', { reason: 'Trop tard' }))).toEqual([409, 'CPO_ON_PAPER']);
  await expect(app.query('UPDATE cpo_tranches SET amount_cents = 1 WHERE cpo_id = $1', [cpo.id])).rejects.toThrow(/do not change/);

  expect((await onAct(app, prefecture, act.id, 'void', { reason: 'Montants à revoir' })).status).toBe(200);
  expect(await read(cpo)).toMatchObject({ state: 'negotiation', actId: null, tranches: [{ lineStatus: 'announced' }, {}, {}] });
  expect((await change(200_000)).status).toBe(200);
  const again = await prepare(cpo);
  expect(again).toMatchObject({ amountCents: 700_000 });
  expect((await onAct(app, prefecture, again.id, 'sign', signature(app, { beneficiarySignedOn: today(app) }))).status).toBe(200);
  expect(await read(cpo)).toMatchObject({ state: 'signed', reference: again.number, beneficiarySignedOn: today(app) });
});

test('not before its first year is announced, nor for other amounts, nor by who negotiates only', async () => {
  const early = await aNegotiatedCpo(app);
  expect(await codeOf(actOnCpo(app, early.prefecture, early.id, 'prepare-act'))).toEqual([409, 'ACT_NOT_ALLOWED']);
  expect(await codeOf(actOnCpo(app, early.delegate, early.id, 'prepare-act'))).toEqual([403, 'FORBIDDEN']);
  const { id, prefecture, delegate, dossier } = await announced();
  expect(await codeOf(actOnCpo(app, prefecture, id, 'prepare-act', {}, 99))).toEqual([412, 'STALE_VERSION']);
  await app.http
    .put(`/v1/cpos/${id}`)
    .set(delegate.auth)
    .set('If-Match', '"1"')
    .send({ tranches: dossier.years.map((year) => ({ year, amountCents: 200_000 })) })
    .expect(200);
  expect(await codeOf(actOnCpo(app, prefecture, id, 'prepare-act'))).toEqual([409, 'FIRST_TRANCHE_DIFFERS']);
  const signed = await announced();
  await done(actOnCpo(app, signed.prefecture, signed.id, 'sign', cpoSignature(app)));
  expect(await codeOf(actOnCpo(app, signed.prefecture, signed.id, 'prepare-act'))).toEqual([409, 'ACT_NOT_ALLOWED']);
});

test('two who prepare it at once make one act', async () => {
  const cpo = await announced();
  const answers = await Promise.all([1, 2].map(() => actOnCpo(app, cpo.prefecture, cpo.id, 'prepare-act', {}, 1)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
  expect(await app.query(`SELECT FROM acts WHERE kind = 'cpo'`)).toHaveLength(1);
});

test('a later year, once confirmed and announced, is notified by an act of its own', async () => {
  const cpo = await announced();
  const { dossier } = cpo;
  const [first = 0, second = 0] = dossier.years;
  await anEnvelopeOf(app, second);
  const act = await prepare(cpo);
  expect((await onAct(app, cpo.prefecture, act.id, 'sign', signature(app, { beneficiarySignedOn: today(app) }))).status).toBe(200);
  app.clock.set(`${first}-11-05T09:00:00Z`);
  await app.app.get(KeepCpos).execute();
  await acceptReport(app, dossier.actionId, first);
  const other = await aPrefecture(app);
  await done(actOnCpo(app, other, cpo.id, `tranches/${second}/confirm`));
  await done(actOnCpo(app, other, cpo.id, `tranches/${second}/announce`));
  await prepareActs(app, other, dossier.call.id);
  const [own, ...more] = await actsOf(app, other, { organisationId: dossier.organisationId, state: 'prepared' });
  expect([own?.amountCents, more]).toEqual([300_000, []]);
  expect(await states(cpo)).toEqual(['signed', 'act-generated', 'requested']);
});
