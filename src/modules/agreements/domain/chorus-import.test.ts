import { reachable } from '../../../kernel/transitions.js';
import { CHORUS_IMPORT_STATES, CHORUS_IMPORT_TRANSITIONS, type ChorusImportAct, nextImportState } from './chorus-import.js';

test('every state can be reached', () => {
  expect(reachable(CHORUS_IMPORT_TRANSITIONS, 'reading')).toEqual(new Set(CHORUS_IMPORT_STATES));
});

const ACTS: readonly ChorusImportAct[] = ['preview', 'give-up', 'resolve', 'confirm', 'finish', 'reverse', 'finish-reversal', 'leave-some'];

test.each(CHORUS_IMPORT_STATES)('what is not possible once %s is refused in French', (state) => {
  for (const act of ACTS) {
    if (CHORUS_IMPORT_TRANSITIONS[state][act] !== undefined) continue;
    expect(() => nextImportState(state, act)).toThrow(/n'est pas possible dans l'état « /);
  }
});
