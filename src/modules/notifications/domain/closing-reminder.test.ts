import { begunBefore, closingReminderId, reminderDue } from './closing-reminder.js';

// Noon in Paris on the Sunday when the clocks go forward: the day before at noon is only 23 hours away. Five working days before is a Monday.
const CLOSING = new Date('2027-03-28T10:00:00Z');

test.each([
  ['2027-03-13T09:59:59.999Z', null],
  ['2027-03-13T10:00:00.000Z', 'fifteen-days'],
  ['2027-03-22T09:59:59.999Z', 'fifteen-days'],
  ['2027-03-22T10:00:00.000Z', 'five-working-days'],
  ['2027-03-27T09:59:59.999Z', 'five-working-days'],
  ['2027-03-27T10:00:00.000Z', 'day'],
  ['2027-03-28T09:59:59.999Z', 'day'],
  ['2027-03-28T10:00:00.000Z', null],
  ['2027-04-01T10:00:00.000Z', null],
] as const)('at %s the reminder due is %s', (now, step) => {
  expect(reminderDue(CLOSING, new Date(now))).toBe(step);
});

test('five working days jump over Easter Monday', () => {
  const closing = new Date('2027-03-31T10:00:00Z');
  expect(reminderDue(closing, new Date('2027-03-23T09:59:00Z'))).toBe('fifteen-days');
  expect(reminderDue(closing, new Date('2027-03-23T10:00:00Z'))).toBe('five-working-days');
});

test('every minute before the closing has one step, and the steps come in order', () => {
  const steps: (string | null)[] = [];
  for (let minute = 0; minute < 16 * 24 * 60; minute += 10) {
    const step = reminderDue(CLOSING, new Date(CLOSING.getTime() - 16 * 24 * 3_600_000 + minute * 60_000));
    if (steps.at(-1) !== step) steps.push(step);
  }
  expect(steps).toEqual([null, 'fifteen-days', 'five-working-days', 'day']);
});

test('but for the last one, a reminder leaves out the drafts begun during its step', () => {
  expect(begunBefore('fifteen-days', CLOSING)).toEqual(new Date('2027-03-13T10:00:00Z'));
  expect(begunBefore('five-working-days', CLOSING)).toEqual(new Date('2027-03-22T10:00:00Z'));
  expect(begunBefore('day', CLOSING)).toEqual(CLOSING);
});

test('one id a call, closing and step, whoever computes it', () => {
  const call = '01900000-0000-7000-8000-000000000001';
  const id = closingReminderId(call, CLOSING, 'day');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(closingReminderId(call, new Date(CLOSING), 'day')).toBe(id);
  const others = [
    closingReminderId(call, CLOSING, 'fifteen-days'),
    closingReminderId(call, new Date(CLOSING.getTime() + 1), 'day'),
    closingReminderId('01900000-0000-7000-8000-000000000002', CLOSING, 'day'),
  ];
  expect(new Set([id, ...others]).size).toBe(4);
});
