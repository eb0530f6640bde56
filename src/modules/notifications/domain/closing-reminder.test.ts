import { begunBefore, reminderDue, reminderId } from './closing-reminder.js';

// Noon in Paris on the day when the clocks go forward: the day before at noon is only 23 hours away.
const CLOSING = new Date('2027-03-28T10:00:00Z');

test.each([
  ['2027-03-21T09:59:59.999Z', null],
  ['2027-03-21T10:00:00.000Z', 'week'],
  ['2027-03-27T09:59:59.999Z', 'week'],
  ['2027-03-27T10:00:00.000Z', 'day'],
  ['2027-03-28T09:59:59.999Z', 'day'],
  ['2027-03-28T10:00:00.000Z', null],
  ['2027-04-01T10:00:00.000Z', null],
] as const)('at %s the reminder due is %s', (now, step) => {
  expect(reminderDue(CLOSING, new Date(now))).toBe(step);
});

test('every minute of the last week has one step, and the steps come in order', () => {
  const steps: (string | null)[] = [];
  for (let minute = 0; minute < 8 * 24 * 60; minute++) {
    const step = reminderDue(CLOSING, new Date(CLOSING.getTime() - 8 * 24 * 3_600_000 + minute * 60_000));
    if (steps.at(-1) !== step) steps.push(step);
  }
  expect(steps).toEqual([null, 'week', 'day']);
});

test('the week reminder leaves out drafts begun within that week', () => {
  expect(begunBefore('week', CLOSING)).toEqual(new Date('2027-03-21T10:00:00Z'));
  expect(begunBefore('day', CLOSING)).toEqual(CLOSING);
});

test('one id a call, closing and step, whoever computes it', () => {
  const call = '01900000-0000-7000-8000-000000000001';
  const id = reminderId(call, CLOSING, 'day');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(reminderId(call, new Date(CLOSING), 'day')).toBe(id);
  const others = [
    reminderId(call, CLOSING, 'week'),
    reminderId(call, new Date(CLOSING.getTime() + 1), 'day'),
    reminderId('01900000-0000-7000-8000-000000000002', CLOSING, 'day'),
  ];
  expect(new Set([id, ...others]).size).toBe(4);
});
