import type { ReadEntry } from './chorus-entry.js';
import type { ChorusEntry } from './chorus-import.js';
import { ChorusMatcher, type CandidateLine } from './chorus-matching.js';

let dp = 0;
const anEntry = (over: Partial<ChorusEntry> = {}, fault: string | null = null): ReadEntry => ({
  entry: {
    ...{ sheet: '1. Extraction', rowNumber: 2, ej: '2103456789', ejItem: '10', dp: String(++dp), dpItem: '1', year: 2027 },
    ...{ siret: '12345678900011', supplier: 'Une asso', amountCents: 1000n, paidOn: '2027-05-01' },
    ...over,
  },
  fault,
});
const aLine = (over: Partial<CandidateLine> = {}): CandidateLine => ({
  ...{ id: 'l', siret: '12345678900011', year: 2027, ejNumber: '2103456789', state: 'notified', grantedCents: 3000n, paidCents: 0n },
  ...over,
});
const match = (entry: ReadEntry, lines: readonly CandidateLine[], isApplied = false) =>
  new ChorusMatcher('2027-06-01').match(entry, lines, isApplied);

test('one line of that beneficiary, EJ and year is matched', () => {
  const others = [aLine({ id: 'other-year', year: 2026 }), aLine({ id: 'other-ej', ejNumber: '2103456780' })];
  expect(match(anEntry(), [...others, aLine()])).toMatchObject({ status: 'matched', lineId: 'l', reason: null });
});

test('two lines that share an EJ are for a person to tell apart', () => {
  expect(match(anEntry(), [aLine({ id: 'a' }), aLine({ id: 'b' })])).toMatchObject({
    status: 'ambiguous',
    lineId: null,
    suggestedLineIds: ['a', 'b'],
  });
});

test.each([
  ['what is granted', {}, 3000n],
  ['what is left', { paidCents: 1000n }, 2000n],
])('without that EJ, the same year and %s is a suggestion, never a match', (_what, over, amountCents) => {
  const found = match(anEntry({ amountCents }), [
    aLine({ id: 's', ejNumber: null, ...over }),
    aLine({ id: 'x', ejNumber: null, year: 2026 }),
  ]);
  expect(found).toMatchObject({ status: 'ambiguous', lineId: null, suggestedLineIds: ['s'] });
});

test.each([
  ['another year', [aLine({ year: 2026 })]],
  ['another EJ and amount', [aLine({ ejNumber: null })]],
  ['no line at all', []],
])('%s is unknown', (_what, lines) => {
  expect(match(anEntry(), lines)).toMatchObject({ status: 'unknown', lineId: null });
});

test.each(['approved', 'announced', 'signed', 'paid', 'closed', 'cancelled', 'repayment-due'])(
  'a line that is %s is not to be paid',
  (state) => {
    expect(match(anEntry(), [aLine({ state })])).toMatchObject({ status: 'refused', lineId: null, suggestedLineIds: ['l'] });
  },
);

test('what a row takes is no longer there for the next one, to the last cent', () => {
  const matcher = new ChorusMatcher('2027-06-01');
  const statuses = [1000n, 2001n, 2000n, 1n].map((amountCents) => matcher.match(anEntry({ amountCents }), [aLine()], false).status);
  expect(statuses).toEqual(['matched', 'refused', 'matched', 'refused']);
});

test('the same row twice in a file counts once; one that another import applied, not at all', () => {
  const matcher = new ChorusMatcher('2027-06-01');
  const entry = anEntry();
  expect([matcher.match(entry, [aLine()], false).status, matcher.match(entry, [aLine()], false).status]).toEqual(['matched', 'duplicate']);
  expect(match(anEntry(), [aLine()], true)).toMatchObject({ status: 'already-applied', lineId: null });
});

test.each<[keyof ChorusEntry, string | number]>([
  ['ejItem', '20'],
  ['dp', 'autre'],
  ['dpItem', '2'],
  ['year', 2028],
])('another %s makes another row', (name, value) => {
  const matcher = new ChorusMatcher('2027-06-01');
  const first = anEntry();
  matcher.match(first, [], false);
  expect(matcher.match(anEntry({ ...first.entry, [name]: value }), [], false).status).toBe('unknown');
});

test('a row that can’t be read is refused, and so is a payment to come', () => {
  expect(match(anEntry({}, 'Le montant est nul.'), [aLine()])).toMatchObject({ status: 'refused', reason: 'Le montant est nul.' });
  expect(match(anEntry({ paidOn: '2027-06-02' }), [aLine()])).toMatchObject({
    status: 'refused',
    reason: expect.stringMatching(/à venir/),
  });
  expect(match(anEntry({ paidOn: '2027-06-01' }), [aLine()])).toMatchObject({ status: 'matched' });
});
