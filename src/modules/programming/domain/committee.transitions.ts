import { next, type TransitionTable, type Words } from '../../../kernel/transitions.js';

const STATES = {
  draft: 'en préparation',
  convened: 'convoquée',
  held: 'en séance',
  applied: 'décisions appliquées',
  closed: 'close',
} as const;

const ACTS = {
  change: 'modifier la séance',
  'put-on-agenda': "inscrire à l'ordre du jour",
  'remove-from-agenda': "retirer de l'ordre du jour",
  'drop-lapsed': "retirer de l'ordre du jour une ligne qui n'est plus à décider",
  convene: 'convoquer',
  'record-attendance': 'noter les présences',
  open: 'ouvrir la séance',
  'write-scenario': 'écrire un scénario',
  'adopt-scenario': 'adopter un scénario',
  decide: 'décider des lignes',
  apply: 'appliquer les décisions',
  close: 'clore la séance',
} as const;

export type CommitteeState = keyof typeof STATES;
export type CommitteeAct = keyof typeof ACTS;

export const COMMITTEE_WORDS: Words<CommitteeState, CommitteeAct> = { states: STATES, acts: ACTS };

/** What leads nowhere else is there too: a table says all that may be done in a state. */
export const COMMITTEE_TRANSITIONS: TransitionTable<CommitteeState, CommitteeAct> = {
  draft: {
    change: 'draft',
    'put-on-agenda': 'draft',
    'remove-from-agenda': 'draft',
    'write-scenario': 'draft',
    convene: 'convened',
  },
  // Those convened know who sits and in what order the lines come: a line may still be withdrawn from the agenda, none is added.
  convened: {
    'remove-from-agenda': 'convened',
    'record-attendance': 'convened',
    'write-scenario': 'convened',
    open: 'held',
  },
  held: {
    'drop-lapsed': 'held',
    'record-attendance': 'held',
    'write-scenario': 'held',
    'adopt-scenario': 'held',
    decide: 'held',
    apply: 'applied',
  },
  applied: { close: 'closed' },
  closed: {},
};

export const COMMITTEE_STATES = Object.keys(COMMITTEE_TRANSITIONS) as readonly CommitteeState[];

/** @throws ActNotAllowed */
export function nextCommitteeState(from: CommitteeState, act: CommitteeAct): CommitteeState {
  return next(COMMITTEE_TRANSITIONS, from, act, COMMITTEE_WORDS);
}
