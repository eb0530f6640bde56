import { next, type TransitionTable, type Words } from '../../../kernel/transitions.js';

export type ActState = 'prepared' | 'signed' | 'notified' | 'void';
export type ActVerb = 'sign' | 'notify' | 'void';

/** The life of an act (acte). Once signed it commits: only an amendment comes back on it. */
export const ACT_TRANSITIONS: TransitionTable<ActState, ActVerb> = {
  prepared: { sign: 'signed', void: 'void' },
  signed: { notify: 'notified' },
  notified: {},
  void: {},
};

export const ACT_STATES = Object.keys(ACT_TRANSITIONS) as readonly ActState[];

const ACT_WORDS: Words<ActState, ActVerb> = {
  states: { prepared: 'préparé', signed: 'signé', notified: 'notifié', void: 'annulé' },
  acts: { sign: 'signer l’acte', notify: 'notifier l’acte', void: 'annuler l’acte' },
};

/** @throws ActNotAllowed */
export function nextActState(from: ActState, act: ActVerb): ActState {
  return next(ACT_TRANSITIONS, from, act, ACT_WORDS);
}
