import fc from 'fast-check';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { actOnEnvelope, aPocketLine, aSubEnvelope, enterPocketLimit } from '../../builders/envelopes.js';
import { anEnvelope, aPrefecture, aSubmittedLine, decide, moreLines } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

/** Fewer than the connections to PostgreSQL: nobody is sent back for want of one. */
const CLIENTS = 8;

let app: TestApp;
let prefecture: Person;
let delegate: Person;
/** A parent and its three parts. */
let envelopes: readonly string[];
/** Half of them in a pocket. */
let lines: readonly string[];
beforeAll(async () => {
  app = await startApp();
  [prefecture, delegate] = [await aPrefecture(app), await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] })];
  const parent = await anEnvelope(app, { ceilingCents: 100_000 });
  const parts = [{ sectorCode: 'NE' }, { sectorCode: 'C' }, { inseeCode: '94041' }];
  const children = [];
  for (const place of parts) children.push(await aSubEnvelope(app, prefecture, parent, { ...place, amountCents: 20_000 }));
  envelopes = [parent, ...children];
  const [outside, inside] = [await aSubmittedLine(app), await aPocketLine(app)];
  lines = [outside.id, ...(await moreLines(app, outside, 7)), inside.id, ...(await moreLines(app, inside, 7))];
  expect((await enterPocketLimit(app, 1_200_000)).status).toBe(200);
});
afterAll(() => app.close());

type Step = { readonly act: string; readonly at: number; readonly line: number; readonly amount: number };

/** One act, as whoever may do it would, on what they read an instant ago. */
function perform({ act, at, line, amount }: Step): Promise<{ status: number; body: { code?: string } }> {
  const envelopeId = envelopes[at % envelopes.length] ?? '';
  const lineId = lines[line % lines.length] ?? '';
  const reason = 'Au hasard';
  switch (act) {
    case 'delegate':
      return actOnEnvelope(app, prefecture, envelopeId, 'delegate', { amountCents: amount });
    case 'take-back':
      return actOnEnvelope(app, prefecture, envelopeId, 'take-back', { amountCents: amount, reason });
    case 'increase':
    case 'decrease':
      return actOnEnvelope(app, prefecture, envelopeId, act, { aeCents: amount, cpCents: amount, reason });
    case 'propose':
      return decide(app, delegate, lineId, 'propose', { amountCents: amount, envelopeId });
    case 'approve':
      return decide(app, prefecture, lineId, 'approve', { amountCents: amount });
    case 'release':
      return decide(app, prefecture, lineId, 'release', { reason });
    default:
      return enterPocketLimit(app, amount * 200, { by: prefecture });
  }
}

async function deadlocks(): Promise<number> {
  await app.query('SELECT pg_stat_clear_snapshot()');
  const [row] = await app.query<{ deadlocks: bigint }>('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()');
  return Number(row?.deadlocks ?? 0n);
}

const step = fc.record({
  act: fc.constantFrom(
    'delegate',
    'take-back',
    'propose',
    'propose',
    'propose',
    'approve',
    'release',
    'increase',
    'decrease',
    'pocket-limit',
  ),
  at: fc.nat({ max: 3 }),
  line: fc.nat({ max: 15 }),
  amount: fc.integer({ min: 1, max: 12_000 }),
});

test('many at once on an envelope, its parts and the limit of pockets: each is done or refused, no lock crosses another, no cent is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 120 }), async (steps) => {
      const left = [...steps];
      const answers: string[] = [];
      await Promise.all(
        Array.from({ length: CLIENTS }, async () => {
          for (let next = left.pop(); next; next = left.pop()) {
            const { status, body } = await perform(next);
            answers.push(status < 300 ? 'done' : `${status} ${body.code ?? ''}`);
          }
        }),
      );
      expect(answers.filter((answer) => answer.startsWith('5'))).toEqual([]);
      expect(answers).toContain('done');
      expect(await ledgerFaults(app.query)).toEqual([]);
    }),
    { numRuns: 6, endOnFailure: true },
  );
  expect(await deadlocks()).toBe(0);
});

test('lines that change envelope, both ways at once, in one département’s limit: they queue up', async () => {
  const [parent = '', north = ''] = envelopes;
  const [first = '', second = ''] = [lines[8], lines[9]];
  const back = (id: string) => decide(app, prefecture, id, 'release', { reason: 'Retour' });
  await Promise.all(lines.map(back));
  await enterPocketLimit(app, 10_000_000);
  for (const [id, at] of [
    [first, parent],
    [second, north],
  ] as const)
    expect((await decide(app, delegate, id, 'propose', { amountCents: 10, envelopeId: at })).status).toBe(200);
  for (let round = 0; round < 20; round++) {
    const [here, there] = round % 2 === 0 ? [north, parent] : [parent, north];
    const moved = await Promise.all([
      decide(app, delegate, first, 'propose', { amountCents: 10 + round, envelopeId: here }),
      decide(app, delegate, second, 'propose', { amountCents: 10 + round, envelopeId: there }),
    ]);
    expect(moved.map(({ status }) => status)).toEqual([200, 200]);
  }
  expect(await deadlocks()).toBe(0);
  expect(await ledgerFaults(app.query)).toEqual([]);
});
