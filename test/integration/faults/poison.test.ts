import { judgePoison, type DeadLetter } from '../../faults/poison.js';
import type { Verdict } from '../../faults/verdict.js';

const POURED = new Map([['poison', 12]]);
const DEAD: DeadLetter = { id: 'poison', type: 'mail.due.v1', tries: 12, cause: 'invalid input syntax' };

test.each<[string, readonly DeadLetter[], Partial<Verdict>]>([
  ['given up after all its tries, with its cause', [DEAD], {}],
  ['still offered', [], { halfDone: ['the poisoned event poison is no dead letter'] }],
  [
    'given up too early',
    [{ ...DEAD, tries: 3 }],
    { halfDone: ['the poisoned event poison was tried 3 times instead of 12, its cause is « invalid input syntax »'] },
  ],
  [
    'given up without a cause',
    [{ ...DEAD, cause: null }],
    { halfDone: ['the poisoned event poison was tried 12 times instead of 12, its cause is « null »'] },
  ],
  [
    'given up, and an honest event with it',
    [DEAD, { ...DEAD, id: 'honest', cause: 'no connection' }],
    { lost: ['mail.due.v1 honest was given up: no connection'] },
  ],
])('a poisoned event %s', (_what, dead, expected) => {
  const verdict: Verdict = { lost: [], duplicated: [], halfDone: [] };
  judgePoison(POURED, dead, verdict);
  expect(verdict).toEqual({ lost: [], duplicated: [], halfDone: [], ...expected });
});
