import { parisDay } from '../../../src/kernel/paris-day.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { aDelegate, anEnvelope, aPrefecture, aSubmittedLine, countersOf, lineRow, moreLines } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { naiveLedger } from './naive-ledger.js';

const RACERS = 200;
const PLACES = 100;
/** Cents of one grant. */
const GRANT = 10_000;

let app: TestApp;
let delegate: Person;
let prefecture: Person;
beforeAll(async () => {
  app = await startApp();
  [delegate, prefecture] = [await aDelegate(app), await aPrefecture(app)];
});
afterAll(() => app.close());

/** As many lines of one funder, each asking for one grant. */
async function lines(funder: string): Promise<readonly string[]> {
  const first = await aSubmittedLine(app, { funder, requestedCents: GRANT });
  return [first.id, ...(await moreLines(app, first, RACERS - 1))];
}

/** All at once, over HTTP. Gives how many there were of each answer. */
async function race(by: Person, ids: readonly string[], act: string, body: object, version: number): Promise<Record<string, number>> {
  const url = await app.app.getUrl();
  const request = {
    method: 'POST',
    headers: { ...by.auth, 'content-type': 'application/json', 'if-match': `"${version}"` },
    body: JSON.stringify(body),
  };
  const ask = async (id: string): Promise<string> => {
    const answer = await fetch(`${url}/v1/funding-lines/${id}/${act}`, request);
    // Two hundred wait for ten connections: a slow machine sends some of them back, with nothing done, to come again.
    if (answer.status === 503) return ask(id);
    const { status, code } = (await answer.json()) as { status: string; code?: string };
    return answer.ok ? status : (code ?? 'no code');
  };
  const counts: Record<string, number> = {};
  for (const answer of await Promise.all(ids.map(ask))) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}

async function statesOf(ids: readonly string[]): Promise<Record<string, number>> {
  const rows = await app.query<{ state: string; count: number }>(
    'SELECT state, count(*)::int AS count FROM funding_lines WHERE id = ANY ($1::uuid[]) GROUP BY state',
    [ids],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Neither a cent more nor a movement less than what was answered. */
async function assertLedger(envelopeId: string, kind: string, acts: number): Promise<void> {
  const [row] = await app.query<{ count: number; total: bigint }>(
    'SELECT count(*)::int AS count, coalesce(sum(ae_cents), 0)::bigint AS total FROM movements WHERE envelope_id = $1 AND kind = $2',
    [envelopeId, kind],
  );
  expect(row).toEqual({ count: acts, total: BigInt(acts * GRANT) });
  expect(await ledgerFaults(app.query)).toEqual([]);
}

test('200 approvals at once on an envelope that holds 100 of them: exactly 100 pass', async () => {
  // Each is proposed for one cent, which it holds; approving the whole grant needs 9,999 cents more. Once 100 are granted, the envelope holds
  // them, the cents of the 100 others, and no more.
  const ids = await lines('P147-94');
  const ceilingCents = PLACES * GRANT + (RACERS - PLACES);
  const envelopeId = await anEnvelope(app, { ceilingCents });
  expect(await race(delegate, ids, 'propose', { amountCents: 1, envelopeId }, 1)).toEqual({ proposed: RACERS });
  expect(await race(prefecture, ids, 'approve', { amountCents: GRANT }, 2)).toEqual({
    approved: PLACES,
    ENVELOPE_EXCEEDED: RACERS - PLACES,
  });
  expect(await statesOf(ids)).toEqual({ approved: PLACES, proposed: RACERS - PLACES });
  expect(await countersOf(app, envelopeId)).toEqual({
    ceiling: BigInt(ceilingCents),
    reserved: BigInt(RACERS - PLACES),
    committed: BigInt(PLACES * GRANT),
  });
  await assertLedger(envelopeId, 'commit', PLACES);
});

test('200 proposals at once on an envelope that holds 100: exactly 100 reserve, and those can all be approved', async () => {
  const ids = await lines('P147-94');
  const envelopeId = await anEnvelope(app, { ceilingCents: PLACES * GRANT });
  expect(await race(delegate, ids, 'propose', { amountCents: GRANT, envelopeId }, 1)).toEqual({
    proposed: PLACES,
    ENVELOPE_EXCEEDED: RACERS - PLACES,
  });
  await assertLedger(envelopeId, 'reserve', PLACES);
  expect(await race(prefecture, ids, 'approve', { amountCents: GRANT }, 2)).toEqual({ approved: PLACES, STALE_VERSION: RACERS - PLACES });
  expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 0n, committed: BigInt(PLACES * GRANT) });
  await assertLedger(envelopeId, 'commit', PLACES);
});

test('200 decisions recorded at once on an envelope that holds 100: exactly 100 commit', async () => {
  const partner = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
  const ids = await lines('CD94');
  const envelopeId = await anEnvelope(app, { funder: 'CD94', ceilingCents: PLACES * GRANT });
  const body = { amountCents: GRANT, decisionReference: 'CP 2027-3', decidedOn: parisDay(app.clock.now()), envelopeId };
  expect(await race(partner, ids, 'record-decision', body, 1)).toEqual({ approved: PLACES, ENVELOPE_EXCEEDED: RACERS - PLACES });
  await assertLedger(envelopeId, 'commit', PLACES);
});

test('one line approved by 20 at once is approved once', async () => {
  const [id = '', ...others] = (await lines('P147-94')).slice(0, 21);
  const envelopeId = await anEnvelope(app);
  // The envelope holds as much for others: only the lock on the line stands between its one reservation and a second release of it.
  await race(delegate, [id, ...others], 'propose', { amountCents: GRANT, envelopeId }, 1);
  const twenty = Array.from({ length: 20 }, () => id);
  expect(await race(prefecture, twenty, 'approve', { amountCents: GRANT }, 2)).toEqual({ approved: 1, STALE_VERSION: 19 });
  expect(await lineRow(app, id)).toMatchObject({ state: 'approved', version: 3, committedCents: BigInt(GRANT) });
  await assertLedger(envelopeId, 'commit', 1);
});

test('the race bites: summing the ledger before writing to it over-commits', async () => {
  const naive = await naiveLedger(app, BigInt(PLACES * GRANT));
  const passed = (await Promise.all(Array.from({ length: RACERS }, () => naive.approve(BigInt(GRANT))))).filter(Boolean).length;
  expect(passed).toBeGreaterThan(PLACES);
  expect(await naive.committed()).toBe(BigInt(passed * GRANT));
});

test('the check of the ledger bites: a counter moved by hand is found', async () => {
  const envelopeId = await anEnvelope(app, { ceilingCents: 50_000 });
  await app.query('UPDATE envelopes SET committed_cents = 1 WHERE id = $1', [envelopeId]);
  expect(await ledgerFaults(app.query)).toEqual([{ object: 'envelope', id: envelopeId, counter: 'committed', counted: 1n, explained: 0n }]);
  await app.query('UPDATE envelopes SET committed_cents = 0 WHERE id = $1', [envelopeId]);
});
