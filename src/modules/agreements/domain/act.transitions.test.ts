import { reachable } from '../../../kernel/transitions.js';
import { ACT_STATES, ACT_TRANSITIONS, nextActState, type ActVerb } from './act.transitions.js';

const ALLOWED = ['prepared sign signed', 'prepared void void', 'signed notify notified'];
const VERBS: ActVerb[] = ['sign', 'notify', 'void'];

test.each(ACT_STATES.flatMap((from) => VERBS.map((act) => [from, act] as const)))(
  '%s, %s: does what it must or is refused',
  (from, act) => {
    const expected = ALLOWED.find((line) => line.startsWith(`${from} ${act} `))?.split(' ')[2];
    if (expected === undefined) expect(() => nextActState(from, act)).toThrow(/n'est pas possible/);
    else expect(nextActState(from, act)).toBe(expected);
  },
);

test('every state can be reached', () => {
  expect(reachable(ACT_TRANSITIONS, 'prepared')).toEqual(new Set(ACT_STATES));
});
