import { morningRoundId, untoldDays } from './morning-round.js';
import { roundsBefore } from './round.js';

test.each<[string, string, readonly string[], ReturnType<typeof untoldDays>]>([
  ['the day before, on an ordinary morning', '2027-02-10', ['2027-02-08'], { from: '2027-02-09', until: '2027-02-09' }],
  ['nothing once the day before was told', '2027-02-10', ['2027-02-08', '2027-02-09'], null],
  ['a whole week, after a stop', '2027-02-10', ['2027-02-02'], { from: '2027-02-03', until: '2027-02-09' }],
  ['a weekend, across the end of the month', '2027-03-01', ['2027-02-26'], { from: '2027-02-27', until: '2027-02-28' }],
  ['the leap day too', '2028-03-01', ['2028-02-28'], { from: '2028-02-29', until: '2028-02-29' }],
  ['a fortnight at most', '2027-02-15', [], { from: '2027-02-01', until: '2027-02-14' }],
  [
    'since the last one told, whatever is missing before',
    '2027-02-10',
    ['2027-02-05', '2027-02-08'],
    { from: '2027-02-09', until: '2027-02-09' },
  ],
])('a morning tells of %s', (_what, today, told, expected) => {
  expect(untoldDays(new Set(told), today)).toEqual(expected);
});

test('one round a kind, a call and a day', () => {
  const ids = ['opinions-asked', 'opinions-given'].flatMap((kind) =>
    ['a', 'b'].flatMap((call) => roundsBefore('2027-02-10').map((day) => morningRoundId(kind, call, day))),
  );
  expect(new Set(ids).size).toBe(2 * 2 * 14);
});
