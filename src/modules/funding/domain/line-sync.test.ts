import { cents } from '../../../kernel/money.js';
import type { FundingLine } from './funding-line.js';
import { LineInProgress, syncLines } from './line-sync.js';

const aLine = (over: Partial<FundingLine> = {}): FundingLine => ({
  ...{ id: 'line', actionId: 'action', dossierId: 'dossier', callId: 'call', organisationId: 'organisation', funderId: 'caf' },
  ...{ funderName: 'CAF 94', scheme: null, year: 2027, state: 'requested', version: 3, isProgramme147: false },
  ...{ requestedCents: cents(1000), proposedCents: null, proposerId: null, proposedAt: null, grantedCents: null, deciderId: null },
  ...{ decidedAt: null, decidedOn: null, decisionReference: null, envelopeId: null, reason: null, reservedCents: cents(0) },
  ...{ committedCents: cents(0), announcedAt: null, paidCents: cents(0), ejNumber: null, notifiedAt: null },
  ...over,
});
const want = (amount: number, funderId = 'caf', scheme: string | null = null) => ({ funderId, scheme, requestedCents: cents(amount) });

test('the same request keeps the same line, untouched', () => {
  const line = aLine({ state: 'approved' });
  expect(syncLines([line], [want(1000)])).toEqual({ kept: [line], changed: [], vanished: [], added: [] });
});

test('another amount changes the line and its version, and keeps its id', () => {
  const { changed } = syncLines([aLine()], [want(2000)]);
  expect(changed).toEqual([aLine({ requestedCents: cents(2000), version: 4 })]);
});

test('schemes of one funder are lines apart; a missing scheme is one of them', () => {
  const { kept, added } = syncLines([aLine()], [want(1000), want(500, 'caf', 'Publics et territoires')]);
  expect(kept).toHaveLength(1);
  expect(added).toEqual([want(500, 'caf', 'Publics et territoires')]);
});

test('rows of one funder and scheme add up; a row of nothing asks for nothing', () => {
  expect(syncLines([], [want(1000), want(250), want(0, 'cd94')]).added).toEqual([want(1250)]);
});

test('a line that nobody took up may vanish', () => {
  expect(syncLines([aLine()], []).vanished).toEqual([aLine()]);
});

test.each(['taken-up', 'instructed', 'proposed', 'approved', 'refused', 'set-aside'] as const)(
  'a line %s neither vanishes nor changes, and the refusal names its funder',
  (state) => {
    expect(() => syncLines([aLine({ state })], [])).toThrow(LineInProgress);
    expect(() => syncLines([aLine({ state })], [want(999)])).toThrow(/CAF 94/);
  },
);
