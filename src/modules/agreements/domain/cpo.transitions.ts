import { next, type TransitionTable, type Words } from '../../../kernel/transitions.js';

export type CpoState = 'negotiation' | 'signed' | 'active' | 'ended' | 'terminated' | 'abandoned';

export type CpoAct =
  | 'change'
  | 'prepare-act'
  | 'void-act'
  | 'abandon'
  | 'sign'
  | 'activate'
  | 'reserve'
  | 'confirm'
  | 'announce'
  | 'amend'
  | 'terminate'
  | 'end';

/**
 * Signed, it waits for its first year; active from then on. Its years are reserved as soon as it is signed, and a later one is confirmed by the
 * report on the year before, whenever it is accepted: an action done early is not made to wait for the calendar.
 */
export const CPO_TRANSITIONS: TransitionTable<CpoState, CpoAct> = {
  negotiation: { change: 'negotiation', 'prepare-act': 'negotiation', 'void-act': 'negotiation', abandon: 'abandoned', sign: 'signed' },
  signed: { activate: 'active', reserve: 'signed', confirm: 'signed', announce: 'signed', amend: 'signed', terminate: 'terminated' },
  active: { reserve: 'active', confirm: 'active', announce: 'active', amend: 'active', terminate: 'terminated', end: 'ended' },
  ended: {},
  terminated: {},
  abandoned: {},
};

export const CPO_WORDS: Words<CpoState, CpoAct> = {
  states: {
    negotiation: 'en négociation',
    signed: 'signée',
    active: 'en cours',
    ended: 'arrivée à son terme',
    terminated: 'résiliée',
    abandoned: 'abandonnée',
  },
  acts: {
    change: 'changer les montants négociés',
    'prepare-act': 'préparer l’acte',
    'void-act': 'annuler l’acte',
    abandon: 'abandonner la négociation',
    sign: 'signer',
    activate: 'prendre effet',
    reserve: 'réserver une tranche',
    confirm: 'confirmer une tranche',
    announce: 'annoncer une tranche',
    amend: 'modifier par avenant',
    terminate: 'résilier',
    end: 'constater le terme',
  },
};

export const CPO_STATES = Object.keys(CPO_TRANSITIONS) as readonly CpoState[];

/** @throws ActNotAllowed */
export function nextCpoState(from: CpoState, act: CpoAct): CpoState {
  return next(CPO_TRANSITIONS, from, act, CPO_WORDS);
}
