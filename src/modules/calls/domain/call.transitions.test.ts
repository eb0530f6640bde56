import { next, reachable } from '../../../kernel/transitions.js';
import {
  CALL_STAGE_TRANSITIONS,
  CALL_TRANSITIONS,
  CALL_WORDS,
  type CallAct,
  type CallStage,
  type CallStageAct,
  type CallState,
} from './call.transitions.js';

const ALLOWED = ['draft publish published', 'published close closed'];
const STATES = Object.keys(CALL_TRANSITIONS) as CallState[];
const ACTS = Object.keys(CALL_WORDS.acts) as CallAct[];

test.each(STATES.flatMap((from) => ACTS.map((act) => [from, act] as const)))('from %s, %s does what it must or is refused', (from, act) => {
  const expected = ALLOWED.find((line) => line.startsWith(`${from} ${act} `))?.split(' ')[2];
  if (expected === undefined) expect(() => next(CALL_TRANSITIONS, from, act)).toThrow(/n'est pas possible/);
  else expect(next(CALL_TRANSITIONS, from, act)).toBe(expected);
});

const STAGES_ALLOWED = [
  'none start-instruction in-instruction',
  'none programme programmed',
  'none announce-results notified',
  'in-instruction programme programmed',
  'in-instruction announce-results notified',
  'programmed programme programmed',
  'programmed announce-results notified',
  'notified programme notified',
  'notified announce-results notified',
  'notified start-execution in-execution',
  'in-execution programme in-execution',
  'in-execution announce-results in-execution',
  'in-execution close-out closed-out',
];
const STAGES = Object.keys(CALL_STAGE_TRANSITIONS) as CallStage[];
const STAGE_ACTS: CallStageAct[] = ['start-instruction', 'programme', 'announce-results', 'start-execution', 'close-out'];

test.each(STAGES.flatMap((from) => STAGE_ACTS.map((act) => [from, act] as const)))(
  'from stage %s, %s does what it must or is refused',
  (from, act) => {
    const expected = STAGES_ALLOWED.find((line) => line.startsWith(`${from} ${act} `))?.split(' ')[2];
    if (expected === undefined) expect(() => next(CALL_STAGE_TRANSITIONS, from, act)).toThrow(/n'est pas possible/);
    else expect(next(CALL_STAGE_TRANSITIONS, from, act)).toBe(expected);
  },
);

test('every state and every stage can be reached', () => {
  expect(reachable(CALL_TRANSITIONS, 'draft')).toEqual(new Set(STATES));
  expect(reachable(CALL_STAGE_TRANSITIONS, 'none')).toEqual(new Set(STAGES));
});
