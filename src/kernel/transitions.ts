import { RuleRefused } from './errors.js';

/** A state machine as data: from a state, an act leads to a state. */
export type TransitionTable<State extends string, Act extends string> = Readonly<Record<State, Readonly<Partial<Record<Act, State>>>>>;

/** What a person reads in place of the identifiers of a table. */
export interface Words<State extends string, Act extends string> {
  readonly states: Readonly<Record<State, string>>;
  readonly acts: Readonly<Record<Act, string>>;
}

/** The act has no meaning in the state the object is in. */
export class ActNotAllowed extends RuleRefused {
  constructor(act: string, state: string) {
    super('ACT_NOT_ALLOWED', `« ${act} » n'est pas possible dans l'état « ${state} ».`);
  }
}

/** The state that `act` leads to from `from`; a refusal speaks the `words` when they are given. @throws ActNotAllowed */
export function next<State extends string, Act extends string>(
  table: TransitionTable<State, Act>,
  from: State,
  act: Act,
  words?: Words<State, Act>,
): State {
  const to = table[from][act];
  if (to === undefined) throw new ActNotAllowed(words?.acts[act] ?? act, words?.states[from] ?? from);
  return to;
}

/** Every state that some chain of acts leads to from `start`, `start` included. */
export function reachable<State extends string, Act extends string>(table: TransitionTable<State, Act>, start: State): Set<State> {
  const seen = new Set<State>([start]);
  for (const state of seen) for (const to of Object.values<State | undefined>(table[state])) if (to !== undefined) seen.add(to);
  return seen;
}
