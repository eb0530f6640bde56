import { plusDays } from '../../../kernel/day.js';
import { answered, assertDueOn, isLive, isOverdue, MOST_DAYS, suspensions, type ComplementRequest } from './complement.js';
import { ComplementTooLate, DueDateNotAhead, DueDateTooFar } from './complement.errors.js';

const aRequest = (over: Partial<ComplementRequest> = {}): ComplementRequest => ({
  id: 'r',
  dossierId: 'd',
  reason: 'Le budget ne dit rien des salaires.',
  items: [],
  dueOn: '2027-02-15',
  requestedBy: 'instructor',
  requestedAt: new Date('2027-02-01T10:00:00Z'),
  answeredAt: null,
  answeredBy: null,
  answer: null,
  lapsedAt: null,
  ...over,
});

test.each([1, 2, MOST_DAYS])('an answer may be asked within %i days', (days) => {
  expect(() => assertDueOn(plusDays('2027-02-01', days), '2027-02-01')).not.toThrow();
});

test.each([0, -1, -400])('an answer may not be asked within %i days', (days) => {
  expect(() => assertDueOn(plusDays('2027-02-01', days), '2027-02-01')).toThrow(DueDateNotAhead);
});

test.each([MOST_DAYS + 1, 4000])('an answer may not wait %i days', (days) => {
  expect(() => assertDueOn(plusDays('2027-02-01', days), '2027-02-01')).toThrow(DueDateTooFar);
});

// The due day is over at midnight in Paris, also on the days of 25 and 23 hours on which clocks change.
test.each([
  ['2027-01-15', '2027-01-15T23:00:00.000Z'],
  ['2027-07-15', '2027-07-15T22:00:00.000Z'],
  ['2026-10-24', '2026-10-24T22:00:00.000Z'],
  ['2026-10-25', '2026-10-25T23:00:00.000Z'],
  ['2027-03-27', '2027-03-27T23:00:00.000Z'],
  ['2027-03-28', '2027-03-28T22:00:00.000Z'],
])('an answer due on %s is late from %s', (dueOn, lateFrom) => {
  const justBefore = new Date(Date.parse(lateFrom) - 1);
  const request = aRequest({ dueOn });
  expect(isOverdue(request, justBefore)).toBe(false);
  expect(answered(request, 'Voici.', 'editor', justBefore)).toMatchObject({
    answer: 'Voici.',
    answeredBy: 'editor',
    answeredAt: justBefore,
  });
  expect(isOverdue(request, new Date(lateFrom))).toBe(true);
  expect(() => answered(request, 'Voici.', 'editor', new Date(lateFrom))).toThrow(ComplementTooLate);
});

test('a request is live until it is answered or lapsed', () => {
  expect(isLive(aRequest())).toBe(true);
  expect(isLive(aRequest({ answeredAt: new Date() }))).toBe(false);
  expect(isLive(aRequest({ lapsedAt: new Date() }))).toBe(false);
});

test('the clock is suspended by days of Paris', () => {
  const requestedAt = new Date('2027-02-01T23:30:00Z');
  const answeredAt = new Date('2027-02-09T22:59:00Z');
  expect(suspensions([aRequest({ requestedAt }), aRequest({ answeredAt })])).toEqual([
    { requestedOn: '2027-02-02', dueOn: '2027-02-15', answeredOn: null },
    { requestedOn: '2027-02-01', dueOn: '2027-02-15', answeredOn: '2027-02-09' },
  ]);
});
