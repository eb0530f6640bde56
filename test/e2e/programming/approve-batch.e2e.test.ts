import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { approveBatch, firstApprovalsOf, wantTwoAbove, type BatchLine } from '../../builders/approval.js';
import { aDelegate, anEnvelope, aPrefecture, aProposedLine, aSubmittedLine, countersOf, decide, lineRow } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

interface Result {
  readonly lineId: string;
  readonly status: string;
  readonly version: number | null;
  readonly code: string | null;
  readonly detail: string | null;
}

let app: TestApp;
let prefecture: Person;
let envelopeId: string;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
});
beforeEach(async () => {
  envelopeId = await anEnvelope(app);
});
afterAll(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
  await app.close();
});

const UNKNOWN = '018f0000-0000-7000-8000-000000000003';
const proposed = (amountCents = 100_000) => aProposedLine(app, { envelopeId, amountCents });
const of = ({ id }: { id: string }, amountCents = 100_000, version = 2): BatchLine => ({ lineId: id, version, amountCents });
const batch = async (lines: readonly BatchLine[], key?: string, by = prefecture) => {
  const { status, body, headers } = await approveBatch(app, by, lines, key);
  return { status, results: (body as { lines: Result[] }).lines, replayed: headers['idempotent-replayed'] };
};

test('each line for itself, in the order asked: a refused one stops no other', async () => {
  const [good, low, stale] = [await proposed(), await proposed(), await proposed()];
  const undecided = await aSubmittedLine(app);
  const foreign = await aSubmittedLine(app, { funder: 'P147-91', qpv: 'grand-vaux' });
  const asked = [
    of(stale, 100_000, 1),
    of(low, 600_000),
    of(good),
    { ...of(good), lineId: UNKNOWN },
    of(undecided, 1, 1),
    of(foreign, 1, 1),
  ];
  const { status, results } = await batch(asked);
  expect(status).toBe(200);
  expect(results).toEqual([
    { lineId: stale.id, status: 'refused', version: 2, code: 'STALE_VERSION', detail: expect.stringContaining('version') },
    { lineId: low.id, status: 'refused', version: null, code: 'AMOUNT_ABOVE_REQUEST', detail: expect.any(String) },
    { lineId: good.id, status: 'approved', version: 3, code: null, detail: null },
    { lineId: UNKNOWN, status: 'refused', version: null, code: 'NOT_FOUND', detail: expect.any(String) },
    { lineId: undecided.id, status: 'refused', version: null, code: 'ACT_NOT_ALLOWED', detail: expect.any(String) },
    { lineId: foreign.id, status: 'refused', version: null, code: 'NOT_FOUND', detail: expect.any(String) },
  ]);
  expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 200_000n, committed: 100_000n });
  expect((await auditOf(app, good.id)).at(-1)).toMatchObject({ act: 'funding-line.approved', actorId: prefecture.id });
});

test('an envelope that lacks room refuses what it can’t hold', async () => {
  envelopeId = await anEnvelope(app, { ceilingCents: 200_000 });
  const lines = [await proposed(1), await proposed(1), await proposed(1)];
  const { results } = await batch(lines.map((line) => of(line)));
  expect(results.map(({ status }) => status).toSorted()).toEqual(['approved', 'refused', 'refused']);
  expect(results.filter(({ status }) => status === 'refused').map(({ code }) => code)).toEqual(['ENVELOPE_EXCEEDED', 'ENVELOPE_EXCEEDED']);
});

test('what needs a second approver waits for one, in a batch too', async () => {
  await wantTwoAbove(app, prefecture, 50_000);
  const [small, large] = [await proposed(50_000), await proposed()];
  const { results } = await batch([of(large), of(small, 50_000)]);
  expect(results.map(({ status }) => status)).toEqual(['awaiting-second-approval', 'approved']);
  expect((await batch([of(large, 100_000, 3)])).results).toMatchObject([{ status: 'refused', code: 'SECOND_APPROVER_IS_FIRST' }]);
  expect((await batch([of(large, 100_000, 3)], undefined, await aPrefecture(app))).results).toMatchObject([
    { status: 'approved', version: 4 },
  ]);
  expect(await firstApprovalsOf(app, large.id)).toHaveLength(1);
  await wantTwoAbove(app, prefecture, null);
});

test('the whole answer replays under its key, refusals too, and nothing is done twice', async () => {
  const [one, two] = [await proposed(), await proposed()];
  const lines = [of(one), of(two, 600_000)];
  const first = await batch(lines, 'batch-1');
  expect(first.results.map(({ status }) => status)).toEqual(['approved', 'refused']);
  const again = await batch(lines, 'batch-1');
  expect(again).toEqual({ ...first, replayed: 'true' });
  expect(await countersOf(app, envelopeId)).toMatchObject({ committed: 100_000n });
  expect(await auditOf(app, one.id)).toHaveLength(2);
  expect((await approveBatch(app, prefecture, [of(one)], 'batch-1')).body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
});

test('cut in the middle, it goes on where it stopped', async () => {
  const lines = await Promise.all([proposed(), proposed(), proposed()]);
  const [before, struck] = lines.map(({ id }) => id).toSorted();
  await app.query(`
    CREATE FUNCTION strike() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'struck' USING ERRCODE = 'XX000'; END $$`);
  await app.query(
    `CREATE TRIGGER struck BEFORE UPDATE ON funding_lines FOR EACH ROW WHEN (OLD.id = '${struck}') EXECUTE FUNCTION strike()`,
  );
  const asked = lines.map((line) => of(line));
  expect((await batch(asked, 'batch-2')).status).toBe(500);
  expect(await lineRow(app, before ?? '')).toMatchObject({ state: 'approved' });
  await app.query('DROP TRIGGER struck ON funding_lines');
  const { status, results, replayed } = await batch(asked, 'batch-2');
  expect([status, replayed]).toEqual([200, 'true']);
  expect(results.map((result) => result.status)).toEqual(['approved', 'approved', 'approved']);
  expect(await countersOf(app, envelopeId)).toEqual({ ceiling: 10_000_000n, reserved: 0n, committed: 300_000n });
  expect(await auditOf(app, before ?? '')).toHaveLength(2);
});

test('asked many times at once under one key: each line once, and the same answers', async () => {
  const lines = await Promise.all([proposed(), proposed(), proposed()]);
  const answers = await Promise.all(Array.from({ length: 6 }, () => batch([...lines.map((line) => of(line))], 'batch-3')));
  const done = answers.filter(({ status }) => status === 200);
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
  for (const { results } of done) expect(results).toEqual(done[0]?.results);
  expect(done[0]?.results.every(({ status }) => status === 'approved')).toBe(true);
  expect(await countersOf(app, envelopeId)).toMatchObject({ committed: 300_000n });
});

test('against single approvals and another batch, the other way round: each line once, no deadlock', async () => {
  const lines = await Promise.all(Array.from({ length: 6 }, () => proposed()));
  const [asked, other] = [lines.map((line) => of(line)), await aPrefecture(app)];
  const [forwards, backwards, ...singles] = await Promise.all([
    batch(asked),
    batch(asked.toReversed(), undefined, other),
    ...lines.map(async ({ id }) => (await decide(app, other, id, 'approve', { amountCents: 100_000 }, 2)).status),
  ]);
  const approved = (results: readonly Result[]) => results.filter(({ status }) => status === 'approved').length;
  const single = singles.filter((status) => status === 200).length;
  expect(approved(forwards.results) + approved(backwards.results) + single).toBe(6);
  expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 0n, committed: 600_000n });
});

test('a line once; from one line to two hundred', async () => {
  const line = await proposed();
  expect((await approveBatch(app, prefecture, [of(line), of(line)])).body).toMatchObject({
    status: 422,
    code: 'LINE_TWICE',
    errors: [{ pointer: '/lines/1/lineId' }],
  });
  expect((await approveBatch(app, prefecture, [])).status).toBe(400);
  expect(
    (
      await approveBatch(
        app,
        prefecture,
        Array.from({ length: 201 }, () => of(line)),
      )
    ).status,
  ).toBe(400);
  expect(await lineRow(app, line.id)).toMatchObject({ state: 'proposed' });
});

test('by who approves somewhere; a delegate within their delegation, and not what they proposed', async () => {
  const line = await proposed();
  for (const someone of [await aPerson(app), await aPerson(app, { grants: [GRANTS.coordinator()] })]) {
    expect((await approveBatch(app, someone, [of(line)])).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  }
  expect((await batch([of(line)], undefined, line.proposer)).results).toMatchObject([{ code: 'FOUR_EYES' }]);
  expect((await batch([of(line)], undefined, await aDelegate(app))).results).toMatchObject([{ code: 'NO_DELEGATION' }]);
});
