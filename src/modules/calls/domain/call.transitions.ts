import type { TransitionTable, Words } from '../../../kernel/transitions.js';

/** What is stored. Opening and closing at their hour are read from the clock, never written. `closed` is a call closed by the coordination. */
export type CallState = 'draft' | 'published' | 'closed';
export type CallAct = 'publish' | 'close';

export const CALL_TRANSITIONS: TransitionTable<CallState, CallAct> = {
  draft: { publish: 'published' },
  published: { close: 'closed' },
  closed: {},
};

/** What is stored of the life of a call after its closing. `none`: nothing of it has begun. */
export type CallStage = 'none' | 'in-instruction' | 'programmed' | 'notified' | 'in-execution' | 'closed-out';
export type CallStageAct = 'start-instruction' | 'programme' | 'announce-results' | 'start-execution' | 'close-out';

export const CALL_STAGE_TRANSITIONS: TransitionTable<CallStage, CallStageAct> = {
  none: { 'start-instruction': 'in-instruction', programme: 'programmed', 'announce-results': 'notified' },
  'in-instruction': { programme: 'programmed', 'announce-results': 'notified' },
  // Funders decide at their own pace: committees meet and results are announced in several goes, and a later one takes nothing back.
  programmed: { programme: 'programmed', 'announce-results': 'notified' },
  notified: { programme: 'notified', 'announce-results': 'notified', 'start-execution': 'in-execution' },
  'in-execution': { programme: 'in-execution', 'announce-results': 'in-execution', 'close-out': 'closed-out' },
  'closed-out': {},
};

/** The state of a call as anyone reads it, at a given instant. */
export type CallStatus = 'draft' | 'published' | 'open' | 'closed' | Exclude<CallStage, 'none'>;

export const CALL_STATUS_LABELS: Readonly<Record<CallStatus, string>> = {
  draft: 'brouillon',
  published: 'publié',
  open: 'ouvert',
  closed: 'fermé',
  'in-instruction': 'en instruction',
  programmed: 'programmé',
  notified: 'résultats annoncés',
  'in-execution': 'en exécution',
  'closed-out': 'soldé',
};

export const CALL_WORDS: Words<CallState, CallAct> = {
  states: { draft: 'brouillon', published: 'publié', closed: 'fermé' },
  acts: { publish: 'publier', close: 'fermer' },
};

export const CALL_STAGE_WORDS: Words<CallStage, CallStageAct> = {
  states: {
    none: 'pas encore instruit',
    'in-instruction': CALL_STATUS_LABELS['in-instruction'],
    programmed: CALL_STATUS_LABELS.programmed,
    notified: CALL_STATUS_LABELS.notified,
    'in-execution': CALL_STATUS_LABELS['in-execution'],
    'closed-out': CALL_STATUS_LABELS['closed-out'],
  },
  acts: {
    'start-instruction': 'commencer l’instruction',
    programme: 'programmer',
    'announce-results': 'annoncer les résultats',
    'start-execution': 'commencer l’exécution',
    'close-out': 'solder',
  },
};
