import { ActNotAllowed, reachable } from '../../../kernel/transitions.js';
import {
  COMMITTEE_STATES,
  COMMITTEE_TRANSITIONS,
  COMMITTEE_WORDS,
  nextCommitteeState,
  type CommitteeAct,
  type CommitteeState,
} from './committee.transitions.js';

const ACTS = Object.keys(COMMITTEE_WORDS.acts) as CommitteeAct[];

/** Written by hand from the description of the trade, apart from the table: act → from → to. */
const ALLOWED: Readonly<Record<CommitteeAct, Readonly<Partial<Record<CommitteeState, CommitteeState>>>>> = {
  change: { draft: 'draft' },
  'put-on-agenda': { draft: 'draft' },
  'remove-from-agenda': { draft: 'draft', convened: 'convened' },
  'drop-lapsed': { held: 'held' },
  convene: { draft: 'convened' },
  'record-attendance': { convened: 'convened', held: 'held' },
  open: { convened: 'held' },
  'write-scenario': { draft: 'draft', convened: 'convened', held: 'held' },
  'adopt-scenario': { held: 'held' },
  decide: { held: 'held' },
  apply: { held: 'applied' },
  close: { applied: 'closed' },
};

test.each(COMMITTEE_STATES.flatMap((state) => ACTS.map((act) => [state, act] as const)))(
  'a session %s: « %s » does what it must or is refused',
  (state, act) => {
    const expected = ALLOWED[act][state];
    if (expected === undefined) expect(() => nextCommitteeState(state, act)).toThrow(ActNotAllowed);
    else expect(nextCommitteeState(state, act)).toBe(expected);
  },
);

test('every state can be reached', () => {
  expect(reachable(COMMITTEE_TRANSITIONS, 'draft')).toEqual(new Set(COMMITTEE_STATES));
});
