import { MailMoods } from '../../faults/mail-trouble.js';
import { Chance } from '../../faults/random.js';

test.each(Array.from({ length: 20 }, (_, seed) => [seed]))(
  'ten messages are enough to see each trouble of mail but a stall, seed %i',
  (seed) => {
    const moods = new MailMoods(new Chance(seed, 'moods'), 0);
    for (let message = 0; message < 10; message++) {
      moods.isBusy();
      moods.recipientLater();
      moods.fateOf(`<${message}>`);
    }
    const { busy, later, cut, stalled, refused } = moods.troubles;
    expect(Math.min(busy, refused)).toBeGreaterThan(0);
    // Of a recipient and of a message; before and after the message is taken.
    expect(Math.min(later, cut)).toBeGreaterThan(1);
    expect(stalled).toBe(0);
  },
);

test('a server stalls seldom, and no more often than it may', () => {
  const moods = new MailMoods(new Chance(1, 'moods'), 5);
  const stalls = Array.from({ length: 2_000 }, (_, message) => moods.fateOf(`<${message}>`)).flatMap((fate, rank) =>
    fate === 'stalled' ? [rank] : [],
  );
  expect(stalls).toHaveLength(5);
  expect(stalls.at(-1)).toBeGreaterThan(100);
});

test('a calm server does nothing wrong', () => {
  const moods = new MailMoods(new Chance(1, 'moods'), 5);
  moods.calmDown();
  const fates = Array.from({ length: 300 }, (_, message) => [moods.isBusy(), moods.recipientLater(), moods.fateOf(`<${message}>`)].join());
  expect(new Set(fates)).toEqual(new Set(['false,false,taken']));
});
