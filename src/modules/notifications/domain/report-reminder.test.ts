import { reportReminderId, reportStep } from './report-reminder.js';

test.each([
  ['2027-04-30', null],
  ['2027-05-01', 'two-months'],
  ['2027-05-30', 'two-months'],
  ['2027-05-31', 'month'],
  ['2027-06-22', 'month'],
  ['2027-06-23', 'week'],
  // The due day is not late.
  ['2027-06-30', 'week'],
  ['2027-07-01', 'overdue'],
  ['2027-09-01', 'overdue'],
] as const)('on %s, of reports due on 30 June: %s', (today, step) => {
  expect(reportStep('2027-06-30', today)).toBe(step);
});

test('one id a due day and step', () => {
  const ids = [reportReminderId('2027-06-30', 'week'), reportReminderId('2027-06-30', 'month'), reportReminderId('2027-07-31', 'week')];
  expect(new Set(ids).size).toBe(3);
});
