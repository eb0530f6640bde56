import { cents } from '../../../kernel/money.js';
import {
  abandon,
  activate,
  amend,
  assertMayBePutOnPaper,
  backToNegotiation,
  change,
  end,
  isOverdue,
  mayActivate,
  putOnPaper,
  sign,
  terminate,
  type Cpo,
} from './cpo.js';
import type { Standing, TrancheLine } from './tranche.js';

const AT = new Date('2026-12-10T08:00:00Z');
const YEARS = [2027, 2028, 2029];
const aCpo = (over: Partial<Cpo> = {}): Cpo => ({
  ...{
    id: 'cpo',
    version: 1,
    state: 'negotiation',
    actionId: 'a',
    dossierId: 'd',
    callId: 'c',
    organisationId: 'o',
    funderId: 'f',
    scheme: null,
  },
  ...{
    firstYear: 2027,
    lastYear: 2029,
    reference: null,
    signedOn: null,
    beneficiarySignedOn: null,
    signedBy: null,
    actId: null,
    reason: null,
  },
  ...{ endedOn: null, createdBy: 'claire' },
  tranches: YEARS.map((year, index) => ({
    ...{ year, rank: index + 1, lineId: `l${year}`, amountCents: cents(5_000), confirmedAt: null, confirmedBy: null, reportYear: null },
  })),
  ...over,
});
const active = (over: Partial<Cpo> = {}): Cpo => aCpo({ state: 'active', signedOn: '2026-12-10', signedBy: 'paul', ...over });
const granted: TrancheLine = {
  standing: 'granted',
  isProgramme147: true,
  grantedCents: cents(5_000),
  committedCents: cents(5_000),
  envelopeId: 'env',
};
const terms = {
  signedOn: '2026-12-10',
  beneficiarySignedOn: '2026-12-09',
  reference: 'CPO 1',
  actId: null,
  signedBy: 'paul',
  today: '2026-12-10',
};
const lines = (standing: Standing = 'reserved') => YEARS.map((year) => ({ id: `l${year}`, year, requestedCents: cents(10_000), standing }));
const amount = (year: number, of: number) => ({ year, amountCents: cents(of) });
const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'passed';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('signing', () => {
  test('confirms the first year and no other, and waits for it to begin', () => {
    const signed = sign(aCpo(), granted, terms, AT);
    expect(signed).toMatchObject({ state: 'signed', version: 2, reference: 'CPO 1', signedOn: '2026-12-10', signedBy: 'paul' });
    expect(signed.tranches.map(({ confirmedAt }) => confirmedAt)).toEqual([AT, null, null]);
    expect(signed).not.toHaveProperty('today');
  });

  test.each([
    ['2026-12-31', 'signed'],
    ['2027-01-01', 'active'],
  ])('on %s, it is %s', (today, state) => {
    expect(sign(aCpo(), granted, { ...terms, today }, AT).state).toBe(state);
  });

  test.each<[string, Partial<TrancheLine>, Partial<typeof terms>, string]>([
    ['not granted', { standing: 'reserved', grantedCents: null, committedCents: cents(0) }, {}, 'FIRST_TRANCHE_NOT_GRANTED'],
    ['granted for a cent less', { grantedCents: cents(4_999), committedCents: cents(4_999) }, {}, 'FIRST_TRANCHE_DIFFERS'],
    ['granted and not held', { committedCents: cents(0) }, {}, 'FIRST_TRANCHE_NOT_COMMITTED'],
    ['granted by the State without an envelope', { envelopeId: null, committedCents: cents(0) }, {}, 'FIRST_TRANCHE_NOT_COMMITTED'],
    ['granted by another without one', { isProgramme147: false, envelopeId: null, committedCents: cents(0) }, {}, 'passed'],
    ['signed tomorrow', {}, { signedOn: '2026-12-11' }, 'SIGNED_IN_FUTURE'],
    ['signed tomorrow by the organisation', {}, { beneficiarySignedOn: '2026-12-11' }, 'SIGNED_IN_FUTURE'],
  ])('%s: %s', (_name, line, over, code) => {
    expect(codeOf(() => sign(aCpo(), { ...granted, ...line }, { ...terms, ...over }, AT))).toBe(code);
  });
});

test.each([
  ['signed', '2026-12-31', false],
  ['signed', '2027-01-01', true],
  ['active', '2027-01-01', false],
] as const)('%s on %s: takes effect, %s', (state, today, expected) => {
  expect(mayActivate(aCpo({ state }), today)).toBe(expected);
  if (expected) expect(activate(aCpo({ state }))).toMatchObject({ state: 'active', version: 2 });
});

test('amounts change until the signature, for the same years', () => {
  const changed = change(aCpo(), [amount(2027, 1), amount(2028, 2), amount(2029, 3)], lines());
  expect(changed.tranches.map(({ amountCents }) => amountCents)).toEqual([1n, 2n, 3n]);
  expect(codeOf(() => change(aCpo(), [amount(2028, 1), amount(2029, 2), amount(2030, 3)], lines()))).toBe('WRONG_TRANCHES');
  expect(codeOf(() => change(active(), [amount(2027, 1), amount(2028, 2), amount(2029, 3)], lines()))).toBe('ACT_NOT_ALLOWED');
});

test('abandons with its reason and its day', () => {
  expect(abandon(aCpo(), 'Sans suite', '2026-12-10')).toMatchObject({ state: 'abandoned', reason: 'Sans suite', endedOn: '2026-12-10' });
});

describe('amending', () => {
  test('changes the years named, and no other', () => {
    expect(amend(active(), [amount(2028, 7_000)], lines()).tranches.map(({ amountCents }) => amountCents)).toEqual([
      5_000n,
      7_000n,
      5_000n,
    ]);
  });

  test.each<[string, ReturnType<typeof amount>[], Standing, string]>([
    ['nothing', [], 'reserved', 'WRONG_TRANCHES'],
    ['a year of no one', [amount(2031, 1)], 'reserved', 'WRONG_TRANCHES'],
    ['a year twice', [amount(2028, 1), amount(2028, 2)], 'reserved', 'WRONG_TRANCHES'],
    ['to nothing', [amount(2028, 0)], 'reserved', 'WRONG_TRANCHES'],
    ['to all that was asked', [amount(2028, 10_000)], 'reserved', 'passed'],
    ['above the request', [amount(2028, 10_001)], 'reserved', 'TRANCHE_ABOVE_REQUEST'],
    ['a confirmed year', [amount(2028, 1)], 'granted', 'TRANCHE_ALREADY_CONFIRMED'],
    ['a year that ended', [amount(2028, 1)], 'ended', 'TRANCHE_ENDED'],
  ])('%s: %s', (_name, amounts, standing, code) => {
    expect(codeOf(() => amend(active(), amounts, lines(standing)))).toBe(code);
  });
});

test('terminates from the day it was signed on, not before', () => {
  expect(terminate(active(), 'Dissolution', '2026-12-10')).toMatchObject({
    state: 'terminated',
    reason: 'Dissolution',
    endedOn: '2026-12-10',
  });
  expect(codeOf(() => terminate(active(), 'Dissolution', '2026-12-09'))).toBe('TERMINATED_TOO_EARLY');
});

test.each<[string, Standing, string, string]>([
  ['on its last day, running', 'granted', '2029-12-31', 'CPO_NOT_OVER'],
  ['on its last day, closed', 'closed', '2029-12-31', 'passed'],
  ['on its last day, its last year withdrawn', 'ended', '2029-12-31', 'passed'],
  ['the day after', 'granted', '2030-01-01', 'passed'],
])('ends %s: %s on %s, %s', (_name, standing, today, code) => {
  expect(codeOf(() => end(active(), { ...granted, standing }, today))).toBe(code);
});

test.each([
  ['active', '2030-06-30', false],
  ['active', '2030-07-01', true],
  ['signed', '2030-07-01', false],
  ['terminated', '2030-07-01', false],
] as const)('%s on %s: the clock ends it, %s', (state, today, expected) => {
  expect(isOverdue(aCpo({ state }), today)).toBe(expected);
});

describe('on paper', () => {
  const onPaper = putOnPaper(aCpo(), 'act');

  test.each([
    [
      'change',
      () =>
        change(
          onPaper,
          YEARS.map((year) => amount(year, 4_000)),
          lines(),
        ),
    ],
    ['abandon', () => abandon(onPaper, 'Trop tard', '2026-12-10')],
    ['be put on paper again', () => assertMayBePutOnPaper(onPaper, granted)],
    ['be signed apart from its act', () => sign(onPaper, granted, terms, AT)],
    ['be signed by another act', () => sign(onPaper, granted, { ...terms, actId: 'other' }, AT)],
  ])('it cannot %s', (_what, act) => expect(codeOf(act)).toBe('CPO_ON_PAPER'));

  test('it is signed by its act', () => {
    expect(sign(onPaper, granted, { ...terms, actId: 'act' }, AT)).toMatchObject({ state: 'signed', actId: 'act', version: 3 });
  });

  test('an annulment gives the negotiation back', () => {
    const back = backToNegotiation(onPaper);
    expect(back).toMatchObject({ state: 'negotiation', actId: null, version: 3 });
    expect(codeOf(() => assertMayBePutOnPaper(back, granted))).toBe('passed');
  });

  test.each<[string, Partial<TrancheLine>]>([
    ['FIRST_TRANCHE_NOT_GRANTED', { standing: 'reserved' }],
    ['FIRST_TRANCHE_DIFFERS', { grantedCents: cents(4_999) }],
    ['FIRST_TRANCHE_NOT_COMMITTED', { committedCents: cents(4_999) }],
  ])('nothing is put on paper that could not be signed: %s', (code, over) => {
    expect(codeOf(() => assertMayBePutOnPaper(aCpo(), { ...granted, ...over }))).toBe(code);
  });
});
