import { ActNotAllowed, reachable } from '../../../kernel/transitions.js';
import {
  DOSSIER_TRANSITIONS,
  DOSSIER_WORDS,
  isEditable,
  nextDossierState,
  type DossierAct,
  type DossierState,
} from './dossier.transitions.js';

const STATES = Object.keys(DOSSIER_WORDS.states) as DossierState[];
const ACTS = Object.keys(DOSSIER_WORDS.acts) as DossierAct[];

/** Written by hand from the description of the trade, apart from the table. */
const ALLOWED: Readonly<Record<string, string>> = {
  'draft edit': 'draft',
  'draft request-attestation': 'awaiting-attestation',
  'draft attest': 'draft',
  'draft submit': 'submitted',
  'draft withdraw': 'withdrawn',
  'awaiting-attestation edit': 'draft',
  'awaiting-attestation reopen': 'draft',
  'awaiting-attestation attest': 'awaiting-attestation',
  'awaiting-attestation submit': 'submitted',
  'awaiting-attestation withdraw': 'withdrawn',
  'submitted request-complement': 'to-complete',
  'submitted declare-admissible': 'admissible',
  'submitted declare-inadmissible': 'inadmissible',
  'submitted withdraw': 'withdrawn',
  'submitted no-further-action': 'no-further-action',
  'to-complete edit': 'to-complete',
  'to-complete attest': 'to-complete',
  'to-complete complete': 'submitted',
  'to-complete lapse-complement': 'submitted',
  'to-complete withdraw': 'withdrawn',
  'admissible withdraw': 'withdrawn',
  'admissible close-out': 'closed-out',
  'admissible no-further-action': 'no-further-action',
  'inadmissible no-further-action': 'no-further-action',
};

test.each(STATES.flatMap((from) => ACTS.map((act) => [from, act] as const)))('from %s, %s does what it must or is refused', (from, act) => {
  const expected = ALLOWED[`${from} ${act}`];
  if (expected === undefined) expect(() => nextDossierState(from, act)).toThrow(ActNotAllowed);
  else expect(nextDossierState(from, act)).toBe(expected);
});

test('every state can be reached', () => {
  expect(reachable(DOSSIER_TRANSITIONS, 'draft')).toEqual(new Set(STATES));
});

test.each(['withdrawn', 'closed-out', 'no-further-action'] as const)('nothing leaves %s', (state) => {
  expect(DOSSIER_TRANSITIONS[state]).toEqual({});
});

test('the content changes only before submission and for a complement', () => {
  expect(STATES.filter(isEditable)).toEqual(['draft', 'awaiting-attestation', 'to-complete']);
});

test('a refusal speaks French', () => {
  expect(() => nextDossierState('submitted', 'submit')).toThrow("« déposer » n'est pas possible dans l'état « déposé ».");
});
