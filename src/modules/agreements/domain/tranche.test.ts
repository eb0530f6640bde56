import fc from 'fast-check';
import { cents } from '../../../kernel/money.js';
import {
  agreeOn,
  assertFree,
  assertPending,
  assertYears,
  confirm,
  endsWith,
  roomFor,
  trancheState,
  whyUnfunded,
  type Room,
  type Standing,
  type Tranche,
  type TrancheLine,
} from './tranche.js';

const AT = new Date('2028-07-01T08:00:00Z');
const tranche: Tranche = {
  year: 2028,
  rank: 2,
  lineId: 'l2',
  amountCents: cents(5_000),
  confirmedAt: null,
  confirmedBy: null,
  reportYear: null,
};
const line: TrancheLine = { standing: 'reserved', isProgramme147: true, grantedCents: null, committedCents: cents(0), envelopeId: 'env' };
const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'passed';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test.each<[number[], number[] | string]>([
  [
    [2027, 2028, 2029],
    [2027, 2028, 2029],
  ],
  [
    [2030, 2028, 2027, 2029],
    [2027, 2028, 2029, 2030],
  ],
  [[2027, 2028], 'WRONG_CPO_YEARS'],
  [[2027, 2028, 2029, 2030, 2031], 'WRONG_CPO_YEARS'],
  [[2027, 2028, 2030], 'WRONG_CPO_YEARS'],
  [[2027, 2028, 2028], 'WRONG_CPO_YEARS'],
  [[], 'WRONG_CPO_YEARS'],
])('%j are %j', (years, expected) => {
  if (typeof expected === 'string') expect(codeOf(() => assertYears(years))).toBe(expected);
  else expect(assertYears(years)).toEqual(expected);
});

describe('agreeing', () => {
  const YEARS = [2027, 2028, 2029];
  const lines = YEARS.map((year) => ({ id: `l${year}`, year, requestedCents: cents(10_000) }));
  const amounts = (...of: number[]) => of.map((amount, index) => ({ year: 2027 + index, amountCents: cents(amount) }));

  test('makes a tranche a year, in their order', () => {
    expect(
      agreeOn(YEARS, amounts(1, 2, 10_000).reverse(), lines).map(({ year, rank, lineId, amountCents }) => [
        year,
        rank,
        lineId,
        amountCents,
      ]),
    ).toEqual([
      [2027, 1, 'l2027', 1n],
      [2028, 2, 'l2028', 2n],
      [2029, 3, 'l2029', 10_000n],
    ]);
  });

  test.each<[string, { year: number; amountCents: ReturnType<typeof cents> }[], typeof lines, string]>([
    ['a year short', amounts(1, 2), lines, 'WRONG_TRANCHES'],
    ['a year too many', amounts(1, 2, 3, 4), lines, 'WRONG_TRANCHES'],
    ['a year twice', [...amounts(1, 2), { year: 2028, amountCents: cents(3) }], lines, 'WRONG_TRANCHES'],
    ['nothing for a year', amounts(1, 0, 3), lines, 'WRONG_TRANCHES'],
    ['a year that no budget asks for', amounts(1, 2, 3), lines.slice(0, 2), 'LINE_MISSING'],
    ['a cent above the request', amounts(1, 10_001, 3), lines, 'TRANCHE_ABOVE_REQUEST'],
  ])('refuses %s', (_name, asked, of, code) => {
    expect(codeOf(() => agreeOn(YEARS, asked, of))).toBe(code);
  });
});

test.each<[number, Standing, string | null, string]>([
  [1, 'undecided', null, 'passed'],
  [1, 'reserved', null, 'passed'],
  [1, 'granted', null, 'passed'],
  [1, 'ended', null, 'LINE_NOT_FREE'],
  [1, 'closed', null, 'LINE_NOT_FREE'],
  [2, 'undecided', null, 'passed'],
  [2, 'reserved', null, 'LINE_NOT_FREE'],
  [2, 'granted', null, 'LINE_NOT_FREE'],
  [2, 'undecided', 'other', 'LINE_NOT_FREE'],
])('year %i %s, held by %s: %s', (rank, standing, heldBy, code) => {
  expect(codeOf(() => assertFree(2027, rank, standing, heldBy))).toBe(code);
});

test.each([
  ['negotiation', 'granted', 'planned'],
  ['negotiation', 'undecided', 'planned'],
  ['signed', 'undecided', 'unfunded'],
  ['active', 'undecided', 'unfunded'],
  ['active', 'reserved', 'reserved'],
  ['active', 'granted', 'confirmed'],
  ['active', 'closed', 'closed'],
  ['active', 'ended', 'cancelled'],
  ['terminated', 'granted', 'confirmed'],
  ['terminated', 'ended', 'cancelled'],
  ['abandoned', 'undecided', 'cancelled'],
] as const)('a %s CPO with a line %s: the tranche is %s', (cpo, standing, state) => {
  expect(trancheState(cpo, standing)).toBe(state);
});

describe('confirming', () => {
  const by = { confirmerId: 'paul', at: AT, reportAccepted: true, hasEnvelope: true };

  test('remembers who, when, and which report opened it', () => {
    expect(confirm(tranche, line, by)).toEqual({ ...tranche, confirmedAt: AT, confirmedBy: 'paul', reportYear: 2027 });
  });

  test.each<[string, Partial<TrancheLine>, Partial<typeof by>, string]>([
    ['before the report is accepted', {}, { reportAccepted: false }, 'TRANCHE_NOT_OPEN'],
    ['unfunded', { standing: 'undecided' }, {}, 'TRANCHE_UNFUNDED'],
    ['unfunded, though no envelope is open', { standing: 'undecided' }, { hasEnvelope: false }, 'TRANCHE_UNFUNDED'],
    ['unfunded, by another funder that keeps an envelope', { standing: 'undecided', isProgramme147: false }, {}, 'TRANCHE_UNFUNDED'],
    ['of another funder that keeps none', { standing: 'undecided', isProgramme147: false }, { hasEnvelope: false }, 'passed'],
    ['already granted', { standing: 'granted' }, {}, 'TRANCHE_ALREADY_CONFIRMED'],
    ['of a line that ended', { standing: 'ended' }, {}, 'TRANCHE_ENDED'],
  ])('%s: %s', (_name, lineOver, byOver, code) => {
    expect(codeOf(() => confirm(tranche, { ...line, ...lineOver }, { ...by, ...byOver }))).toBe(code);
  });

  test('a confirmed year is not pending', () => {
    expect(codeOf(() => assertPending({ ...tranche, confirmedAt: AT }, 'undecided'))).toBe('TRANCHE_ALREADY_CONFIRMED');
  });
});

describe('finding room', () => {
  const room = (id: string, year: number, available: number, programme = 'P147-01'): Room => ({
    id,
    year,
    programme,
    availableCents: cents(available),
  });

  test.each<[string, Room[], string | null]>([
    ['none open', [], null],
    ['another year', [room('a', 2027, 9_000), room('b', 2029, 9_000)], null],
    ['a cent short', [room('a', 2028, 4_999)], null],
    ['to the cent', [room('a', 2028, 5_000)], 'a'],
    ['the same programme first', [room('a', 2028, 9_000, 'autre'), room('b', 2028, 5_000)], 'b'],
    ['another programme rather than nothing', [room('a', 2028, 9_000, 'autre'), room('b', 2028, 4_000)], 'a'],
  ])('%s', (_name, rooms, id) => {
    expect(roomFor(tranche, rooms, 'P147-01')?.id ?? null).toBe(id);
  });

  test('says why a year is unfunded', () => {
    expect(whyUnfunded(tranche, [room('a', 2027, 9_000)])).toMatch(/Aucune enveloppe 2028/);
    expect(whyUnfunded(tranche, [room('a', 2028, 100), room('b', 2028, 4_000)])).toMatch(/n’a plus que 40,00.€.*50,00.€/);
    expect(whyUnfunded(tranche, [room('a', 2028, 5_000)])).toMatch(/réservez-la/);
  });

  test('never gives an envelope of another year, nor one without room', () => {
    const rooms = fc.array(
      fc.record({
        id: fc.uuid(),
        year: fc.integer({ min: 2027, max: 2030 }),
        programme: fc.constantFrom('a', 'b'),
        available: fc.bigInt(0n, 20_000n),
      }),
    );
    fc.assert(
      fc.property(rooms, fc.integer({ min: 2027, max: 2030 }), fc.bigInt(1n, 20_000n), (all, year, amount) => {
        const offered = all.map(({ available, ...each }): Room => ({ ...each, availableCents: cents(available) }));
        const found = roomFor({ year, amountCents: cents(amount) }, offered, 'a');
        const some = offered.some((each) => each.year === year && each.availableCents >= amount);
        expect(found !== null).toBe(some);
        if (found) expect([found.year, found.availableCents >= amount]).toEqual([year, true]);
      }),
    );
  });
});

test.each([
  ['instructed', 'undecided', 2028, true],
  ['proposed', 'reserved', 2028, true],
  ['proposed', 'reserved', 2029, true],
  ['approved', 'granted', 2028, false],
  ['approved', 'granted', 2029, true],
  ['announced', 'granted', 2029, true],
  ['act-generated', 'granted', 2029, false],
  ['notified', 'granted', 2028, false],
  ['closed', 'closed', 2029, false],
  ['withdrawn', 'ended', 2029, false],
] as const)('an end in 2028 and a line %s (%s) of %i: ends with it, %s', (state, standing, year, expected) => {
  expect(endsWith({ state, standing }, year, 2028)).toBe(expected);
});
