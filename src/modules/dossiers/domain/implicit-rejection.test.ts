import fc from 'fast-check';
import { daysBetween, plusDays } from '../../../kernel/day.js';
import { implicitRejectionOn, type ComplementPeriod } from './implicit-rejection.js';

const asked = (requestedOn: string, dueOn: string, answeredOn: string | null = null): ComplementPeriod => ({
  requestedOn,
  dueOn,
  answeredOn,
});

test.each([
  ['two months, without complement', '2026-11-03', [], undefined, '2027-01-03'],
  ['to the end of a shorter month', '2026-12-31', [], undefined, '2027-02-28'],
  ['as many months as the call says', '2026-11-03', [], 4, '2027-03-03'],
  ['not while waiting for the answer', '2026-11-03', [asked('2026-11-10', '2026-11-30', '2026-11-20')], undefined, '2027-01-13'],
  ['not until the due date, when nothing comes', '2026-11-03', [asked('2026-11-10', '2026-11-30')], undefined, '2027-01-23'],
  [
    'running again from the due date, when the answer is late',
    '2026-11-03',
    [asked('2026-11-10', '2026-11-30', '2026-12-25')],
    undefined,
    '2027-01-23',
  ],
  [
    'after two complements',
    '2026-11-03',
    [asked('2026-12-01', '2026-12-20', '2026-12-11'), asked('2026-11-10', '2026-11-30', '2026-11-20')],
    undefined,
    '2027-01-23',
  ],
  [
    'without counting a day twice',
    '2026-11-03',
    [asked('2026-11-10', '2026-11-20'), asked('2026-11-15', '2026-11-25')],
    undefined,
    '2027-01-18',
  ],
  ['unmoved by a request made too late', '2026-11-03', [asked('2027-01-04', '2027-01-31')], undefined, '2027-01-03'],
  ['moved by a request made on the last day', '2026-11-03', [asked('2027-01-03', '2027-01-13')], undefined, '2027-01-13'],
  [
    'moved by a second request that the first one keeps in time',
    '2026-11-03',
    [asked('2026-12-20', '2027-01-20'), asked('2027-01-25', '2027-01-27')],
    undefined,
    '2027-02-05',
  ],
])('the silence lasts %s', (_name, submittedOn, periods, months, expected) => {
  expect(implicitRejectionOn(submittedOn, periods, months)).toBe(expected);
});

test('a complement moves the date by the days waited for, never by more than the time given', () => {
  const days = fc.nat({ max: 58 });
  fc.assert(
    fc.property(days, days, fc.option(days), (start, given, answer) => {
      const requestedOn = plusDays('2027-01-04', start);
      const period = asked(requestedOn, plusDays(requestedOn, given), answer === null ? null : plusDays(requestedOn, answer));
      const moved = daysBetween(implicitRejectionOn('2027-01-04', []), implicitRejectionOn('2027-01-04', [period]));
      expect(moved).toBe(Math.min(given, answer ?? given));
    }),
  );
});
