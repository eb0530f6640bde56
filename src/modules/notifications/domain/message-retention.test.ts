import { overOn } from './message-retention.js';

test.each([
  ['2028-01-10', 365, 1826, '2027-01-10', '2022-01-10'],
  // The day before, that message still has its words.
  ['2028-01-09', 365, 1826, '2027-01-09', '2022-01-09'],
  // A leap day counts like the others.
  ['2029-01-09', 365, 1826, '2028-01-10', '2023-01-10'],
  ['2028-01-10', 0, 365, '2028-01-10', '2027-01-10'],
])('on %s, after %i days of words and %i of proof: over of what was sent by %s and %s', (today, activeDays, archivedDays, words, proof) => {
  expect(overOn(today, { activeDays, archivedDays })).toEqual({ words, proof });
});
