import { ActNotAllowed, next, reachable, type TransitionTable, type Words } from './transitions.js';

type DoorState = 'open' | 'shut' | 'walled';
type DoorAct = 'shut' | 'open';

const DOOR: TransitionTable<DoorState, DoorAct> = { open: { shut: 'shut' }, shut: { open: 'open' }, walled: {} };
const WORDS: Words<DoorState, DoorAct> = {
  states: { open: 'ouverte', shut: 'fermée', walled: 'murée' },
  acts: { shut: 'fermer', open: 'ouvrir' },
};

test('an act leads to its state', () => {
  expect(next(DOOR, 'open', 'shut')).toBe('shut');
  expect(next(DOOR, 'shut', 'open')).toBe('open');
});

test.each([
  ['open', 'open'],
  ['shut', 'shut'],
  ['walled', 'open'],
  ['walled', 'shut'],
] as const)('refuses from %s to %s', (state, act) => {
  expect(() => next(DOOR, state, act)).toThrow(ActNotAllowed);
});

test('a refusal has a stable code and speaks French when it is given the words', () => {
  expect(() => next(DOOR, 'walled', 'open', WORDS)).toThrow(
    expect.objectContaining({ code: 'ACT_NOT_ALLOWED', message: "« ouvrir » n'est pas possible dans l'état « murée »." }),
  );
});

test('finds what can be reached, start included, and what cannot', () => {
  expect(reachable(DOOR, 'open')).toEqual(new Set(['open', 'shut']));
  expect(reachable(DOOR, 'walled')).toEqual(new Set(['walled']));
});
