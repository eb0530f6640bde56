import { next, type TransitionTable, type Words } from '../../../kernel/transitions.js';

export type DossierState =
  | 'draft'
  | 'awaiting-attestation'
  | 'submitted'
  | 'to-complete'
  | 'admissible'
  | 'inadmissible'
  | 'withdrawn'
  | 'closed-out'
  | 'no-further-action';

export type DossierAct =
  | 'edit'
  | 'request-attestation'
  | 'reopen'
  | 'attest'
  | 'submit'
  | 'request-complement'
  | 'complete'
  | 'lapse-complement'
  | 'declare-admissible'
  | 'declare-inadmissible'
  | 'withdraw'
  | 'close-out'
  | 'no-further-action';

export const DOSSIER_TRANSITIONS: TransitionTable<DossierState, DossierAct> = {
  draft: { edit: 'draft', 'request-attestation': 'awaiting-attestation', attest: 'draft', submit: 'submitted', withdraw: 'withdrawn' },
  // The content is frozen while the signatory reads it: an edit takes the dossier back to its authors.
  'awaiting-attestation': {
    edit: 'draft',
    reopen: 'draft',
    attest: 'awaiting-attestation',
    submit: 'submitted',
    withdraw: 'withdrawn',
  },
  submitted: {
    'request-complement': 'to-complete',
    'declare-admissible': 'admissible',
    'declare-inadmissible': 'inadmissible',
    withdraw: 'withdrawn',
    'no-further-action': 'no-further-action',
  },
  'to-complete': {
    edit: 'to-complete',
    attest: 'to-complete',
    complete: 'submitted',
    'lapse-complement': 'submitted',
    withdraw: 'withdrawn',
  },
  admissible: { withdraw: 'withdrawn', 'close-out': 'closed-out', 'no-further-action': 'no-further-action' },
  inadmissible: { 'no-further-action': 'no-further-action' },
  withdrawn: {},
  'closed-out': {},
  'no-further-action': {},
};

export const DOSSIER_WORDS: Words<DossierState, DossierAct> = {
  states: {
    draft: 'brouillon',
    'awaiting-attestation': "en attente d'attestation",
    submitted: 'déposé',
    'to-complete': 'à compléter',
    admissible: 'recevable',
    inadmissible: 'irrecevable',
    withdrawn: 'retiré',
    'closed-out': 'soldé',
    'no-further-action': 'sans suite',
  },
  acts: {
    edit: 'modifier',
    'request-attestation': "demander l'attestation",
    reopen: 'rouvrir',
    attest: 'attester',
    submit: 'déposer',
    'request-complement': 'demander un complément',
    complete: 'compléter',
    'lapse-complement': 'constater le délai de complément passé',
    'declare-admissible': 'déclarer recevable',
    'declare-inadmissible': 'déclarer irrecevable',
    withdraw: 'retirer',
    'close-out': 'solder',
    'no-further-action': 'classer sans suite',
  },
};

export const DOSSIER_STATES = Object.keys(DOSSIER_TRANSITIONS) as readonly DossierState[];

/** @throws ActNotAllowed */
export function nextDossierState(from: DossierState, act: DossierAct): DossierState {
  return next(DOSSIER_TRANSITIONS, from, act, DOSSIER_WORDS);
}

/** Whether the content may change in that state. */
export function isEditable(state: DossierState): boolean {
  return DOSSIER_TRANSITIONS[state].edit !== undefined;
}
