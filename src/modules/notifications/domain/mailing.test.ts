import { mailsOf, type Waiting } from './mailing.js';

const waiting = (id: string, over: Partial<Waiting> = {}): Waiting => ({
  id,
  userId: 'ada',
  kind: 'membership-granted',
  cadence: 'immediate',
  ...over,
});
const held = (...messages: Waiting[]): (readonly string[])[] => mailsOf(messages).map((mail) => mail.messages);

test('all that waits for a digest is one mail, of the day and of the week alike', () => {
  expect(held(waiting('1', { cadence: 'daily' }), waiting('2', { cadence: 'weekly', kind: 'membership-ended' }))).toEqual([['1', '2']]);
});

test('what came of one kind is one mail, when it is a kind that is grouped', () => {
  const kind = 'complement-answered';
  expect(held(waiting('1', { kind }), waiting('2', { kind: 'dossier-withdrawn' }), waiting('3', { kind }))).toEqual([['1', '3'], ['2']]);
  expect(held(waiting('1'), waiting('2'))).toEqual([['1'], ['2']]);
});

test('two people share no mail', () => {
  expect(held(waiting('1', { cadence: 'daily' }), waiting('2', { cadence: 'daily', userId: 'bea' }))).toEqual([['1'], ['2']]);
});

test('a mail has an id that comes from what it holds: its message’s own when it is alone', () => {
  const two = [waiting('1', { cadence: 'daily' }), waiting('2', { cadence: 'daily' })];
  const [mail] = mailsOf(two);
  expect(mail?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(mailsOf(two)).toEqual([mail]);
  expect(mailsOf([...two, waiting('3', { cadence: 'daily' })])[0]?.id).not.toBe(mail?.id);
  expect(mailsOf([waiting('1', { cadence: 'daily' })])).toEqual([{ id: '1', messages: ['1'] }]);
});

test('too many for one mail are several, and none is left', () => {
  const many = Array.from({ length: 450 }, (_, rank) => waiting(String(rank), { cadence: 'daily' }));
  expect(held(...many).map(({ length }) => length)).toEqual([200, 200, 50]);
});
