import { batchOfActs, type BatchItem } from '../../builders/act-batches.js';
import {
  actFaults,
  anActMaker,
  anAnnouncedLine,
  aPreparedAct,
  lineRow,
  onAct,
  signature,
  today,
  type ActBody,
  type AnnouncedOptions,
} from '../../builders/acts.js';
import { anUploadedFile } from '../../builders/files.js';
import { anEnvelope } from '../../builders/funding.js';
import { anOpenCall } from '../../builders/dossiers.js';
import type { CallBody } from '../../builders/calls.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
let call: CallBody;
let envelopeId: string;
beforeAll(async () => {
  app = await startApp();
  prefecture = await anActMaker(app);
  call = await anOpenCall(app);
  envelopeId = await anEnvelope(app, { ceilingCents: 1_000_000_000 });
});
afterEach(async () => {
  expect(await actFaults(app)).toEqual([]);
});
afterAll(() => app.close());

const UNKNOWN = '018f0000-0000-7000-8000-000000000003';
const prepared = async (over: AnnouncedOptions = {}) => {
  const line = await anAnnouncedLine(app, { call, envelopeId, ...over });
  return { line, act: await aPreparedAct(app, prefecture, line) };
};
const signing = ({ id }: { id: string }, over: object = {}): BatchItem => ({ actId: id, version: 1, ...signature(app, over) });
const sign = (items: readonly BatchItem[], key?: string, by = prefecture) => batchOfActs(app, by, 'sign', items, key);
const notify = (items: readonly BatchItem[], key?: string, by = prefecture) => batchOfActs(app, by, 'notify', items, key);
const stateOf = async ({ id }: { id: string }) =>
  (await app.query<{ state: string }>('SELECT state FROM acts WHERE id = $1', [id]))[0]?.state;
const signaturesOf = async ({ id }: { id: string }) => (await auditOf(app, id)).filter(({ act }) => act === 'act.signed').length;
const told = async ({ id }: { id: string }) =>
  (await app.query(`SELECT 1 FROM outbox WHERE type = 'act.notified.v1' AND payload ->> 'actId' = $1`, [id])).length;

test('signed each for itself, in the order asked: a refused one stops no other', async () => {
  const [good, stale, early] = [await prepared(), await prepared(), await prepared()];
  const foreign = await anAnnouncedLine(app, { call, funder: 'CD94', envelopeId: null });
  const ofCd94 = await aPreparedAct(app, await anActMaker(app, 'CD94'), foreign, 'CD94');
  const { status, items } = await sign([
    { ...signing(stale.act), version: 7 },
    signing(early.act, { signedOn: '2024-01-01' }),
    { ...signing(good.act), actId: good.act.id.toUpperCase() },
    signing({ id: UNKNOWN }),
    signing(ofCd94),
  ]);
  expect(status).toBe(200);
  const refused = (actId: string, code: string, version: number | null = null) => ({
    ...{ actId, status: 'refused', version, code, detail: expect.any(String) as string },
  });
  expect(items).toEqual([
    refused(stale.act.id, 'STALE_VERSION', 1),
    refused(early.act.id, 'SIGNED_BEFORE_PREPARED'),
    { actId: good.act.id, status: 'done', version: 2, code: null, detail: null },
    refused(UNKNOWN, 'NOT_FOUND'),
    refused(ofCd94.id, 'FORBIDDEN'),
  ]);
  expect(await Promise.all([stale.act, early.act, good.act, ofCd94].map(stateOf))).toEqual(['prepared', 'prepared', 'signed', 'prepared']);
  expect((await lineRow(app, good.line.id)).state).toBe('signed');
  expect((await lineRow(app, stale.line.id)).state).toBe('act-generated');
  expect((await auditOf(app, good.act.id)).at(-1)).toMatchObject({ act: 'act.signed', actorId: prefecture.id });
});

test('on paper too, each with its own copy; an amendment changes its amounts', async () => {
  const [first, second] = [await prepared(), await prepared()];
  const fileId = await anUploadedFile(app, prefecture);
  const copyOf = ({ number }: ActBody) => ({ method: 'scan', fileId, number, signatoryName: 'Mme la préfète', place: undefined });
  const { items } = await sign([signing(first.act, copyOf(first.act)), signing(second.act, copyOf(second.act))]);
  expect(items.map(({ status, code }) => [status, code])).toEqual([
    ['done', null],
    ['refused', 'FILE_ALREADY_USED'],
  ]);
  expect((await notify([{ actId: first.act.id, version: 2 }])).items).toMatchObject([{ status: 'done', version: 3 }]);
  const lines = [{ lineId: first.line.id, amountCents: 400_000 }];
  const amendment = (await onAct(app, prefecture, first.act.id, 'amendments', { lines, reason: 'Action réduite' })).body as ActBody;
  expect((await sign([signing(amendment)])).items).toMatchObject([{ status: 'done', version: 2 }]);
  expect(await lineRow(app, first.line.id)).toMatchObject({ state: 'notified', committedCents: 400_000n });
});

test('notified each for itself: those who are told are those whose act was', async () => {
  const [good, unsigned, bilateral] = [await prepared(), await prepared(), await prepared({ grantedCents: 2_500_000 })];
  const signed = await sign([signing(good.act), signing(bilateral.act)]);
  expect(signed.items.map(({ status }) => status)).toEqual(['done', 'done']);
  const { items } = await notify([
    { actId: bilateral.act.id, version: 2 },
    { actId: unsigned.act.id, version: 1 },
    { actId: good.act.id, version: 2 },
  ]);
  expect(items.map(({ status, code, version }) => [status, code, version])).toEqual([
    ['refused', 'BENEFICIARY_SIGNATURE_MISSING', null],
    ['refused', 'ACT_NOT_ALLOWED', null],
    ['done', null, 3],
  ]);
  expect(await Promise.all([good.act, unsigned.act, bilateral.act].map(told))).toEqual([1, 0, 0]);
  expect(await lineRow(app, good.line.id)).toMatchObject({ state: 'notified' });
  const both: BatchItem & object = { actId: bilateral.act.id, version: 2, ...{ beneficiarySignedOn: today(app) } };
  expect((await notify([both])).items).toMatchObject([{ status: 'done' }]);
  expect(await told(bilateral.act)).toBe(1);
});

test('the whole answer replays under its key, refusals too, and nothing is done twice', async () => {
  const [one, two] = [(await prepared()).act, (await prepared()).act];
  const asked = [signing(one), { ...signing(two), version: 5 }];
  const first = await sign(asked, 'signing-1');
  expect(first.items.map(({ status }) => status)).toEqual(['done', 'refused']);
  expect(await sign(asked, 'signing-1')).toEqual({ ...first, replayed: 'true' });
  expect(await signaturesOf(one)).toBe(1);
  expect((await sign([signing(two)], 'signing-1')).body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(await stateOf(two)).toBe('prepared');
});

test('cut in the middle, it goes on where it stopped', async () => {
  const acts = [(await prepared()).act, (await prepared()).act, (await prepared()).act];
  const struck = acts[1]?.id ?? '';
  await app.query(`
    CREATE FUNCTION strike() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'struck' USING ERRCODE = 'XX000'; END $$`);
  await app.query(`CREATE TRIGGER struck BEFORE UPDATE ON acts FOR EACH ROW WHEN (OLD.id = '${struck}') EXECUTE FUNCTION strike()`);
  const asked = acts.map((act) => signing(act));
  expect((await sign(asked, 'signing-2')).status).toBe(500);
  expect(await Promise.all(acts.map(stateOf))).toEqual(['signed', 'prepared', 'prepared']);
  await app.query('DROP TRIGGER struck ON acts');
  const { status, items, replayed } = await sign(asked, 'signing-2');
  expect([status, replayed]).toEqual([200, 'true']);
  expect(items.map((item) => item.status)).toEqual(['done', 'done', 'done']);
  expect(await Promise.all(acts.map(signaturesOf))).toEqual([1, 1, 1]);
});

test('against another batch, the other way round: each act once, no deadlock', async () => {
  const acts = (await Promise.all(Array.from({ length: 5 }, () => prepared()))).map(({ act }) => act);
  const asked = acts.map((act) => signing(act));
  const [forwards, backwards] = await Promise.all([sign(asked), sign(asked.toReversed(), undefined, await anActMaker(app))]);
  const done = [...forwards.items, ...backwards.items].filter(({ status }) => status === 'done');
  expect(done).toHaveLength(5);
  expect(await Promise.all(acts.map(signaturesOf))).toEqual([1, 1, 1, 1, 1]);
});

test.each([
  ['sign', sign],
  ['notify', notify],
] as const)('%s: an act once; from one to a hundred; by who does it somewhere', async (_verb, batch) => {
  const { act } = await prepared();
  const item = batch === sign ? signing(act) : { actId: act.id, version: 1 };
  expect((await batch([item, { ...item, actId: act.id.toUpperCase() }])).body).toMatchObject({
    ...{ status: 422, code: 'ACT_TWICE', errors: [{ pointer: '/items/1/actId' }] },
  });
  expect((await batch([])).status).toBe(400);
  expect((await batch(Array.from({ length: 101 }, () => item))).status).toBe(400);
  for (const someone of [await aPerson(app), await aPerson(app, { grants: [GRANTS.coordinator()] })]) {
    expect((await batch([item], undefined, someone)).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  }
  expect((await batch([item], undefined, await anActMaker(app, 'P147-91'))).items).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect(await stateOf(act)).toBe('prepared');
});
