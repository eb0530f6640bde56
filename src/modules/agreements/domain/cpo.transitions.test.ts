import { ActNotAllowed, reachable } from '../../../kernel/transitions.js';
import { CPO_TRANSITIONS, CPO_WORDS, nextCpoState, type CpoAct, type CpoState } from './cpo.transitions.js';

const STATES = Object.keys(CPO_WORDS.states) as CpoState[];
const ACTS = Object.keys(CPO_WORDS.acts) as CpoAct[];

/** Written by hand from the description of the trade, apart from the table: act → from → to. */
const ALLOWED: Readonly<Record<CpoAct, Readonly<Partial<Record<CpoState, CpoState>>>>> = {
  change: { negotiation: 'negotiation' },
  'prepare-act': { negotiation: 'negotiation' },
  'void-act': { negotiation: 'negotiation' },
  abandon: { negotiation: 'abandoned' },
  sign: { negotiation: 'signed' },
  activate: { signed: 'active' },
  reserve: { signed: 'signed', active: 'active' },
  confirm: { signed: 'signed', active: 'active' },
  announce: { signed: 'signed', active: 'active' },
  amend: { signed: 'signed', active: 'active' },
  terminate: { signed: 'terminated', active: 'terminated' },
  end: { active: 'ended' },
};

test.each(STATES.flatMap((state) => ACTS.map((act) => [state, act] as const)))(
  'from %s, %s does what it must or is refused',
  (state, act) => {
    const expected = ALLOWED[act][state];
    if (expected === undefined) expect(() => nextCpoState(state, act)).toThrow(ActNotAllowed);
    else expect(nextCpoState(state, act)).toBe(expected);
  },
);

test('every state can be reached', () => {
  expect(reachable(CPO_TRANSITIONS, 'negotiation')).toEqual(new Set(STATES));
});

test.each(['ended', 'terminated', 'abandoned'] as const)('nothing leaves %s', (state) => {
  expect(CPO_TRANSITIONS[state]).toEqual({});
});
