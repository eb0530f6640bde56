import type { Words } from '../../../kernel/transitions.js';

const STATES = {
  requested: 'demandée',
  'taken-up': 'prise en charge',
  instructed: 'instruite',
  'on-agenda': "à l'ordre du jour",
  proposed: 'proposée',
  adjourned: 'ajournée',
  unfavourable: 'avis défavorable',
  approved: 'accordée',
  refused: 'refusée',
  announced: 'accord annoncé',
  'refusal-announced': 'refus annoncé',
  'act-generated': 'acte préparé',
  signed: 'acte signé',
  notified: 'notifiée',
  'partly-paid': 'payée en partie',
  paid: 'payée',
  'to-justify': 'à justifier',
  'report-submitted': 'bilan déposé',
  'to-amend': 'bilan à corriger',
  justified: 'justifiée',
  'repayment-due': 'reversement demandé',
  closed: 'soldée',
  'set-aside': 'écartée (dossier irrecevable)',
  withdrawn: 'retirée',
  cancelled: 'annulée',
  'not-carried-out': 'action non réalisée',
} as const;

const ACTS = {
  'take-up': 'prendre en charge',
  instruct: 'donner un avis',
  'put-on-agenda': "inscrire à l'ordre du jour",
  propose: 'proposer un montant',
  adjourn: 'ajourner',
  'give-unfavourable': 'donner un avis défavorable',
  release: 'annuler la proposition',
  approve: 'accorder',
  refuse: 'refuser',
  'record-grant': 'enregistrer un accord',
  'record-refusal': 'enregistrer un refus',
  decommit: "revenir sur l'accord",
  reconsider: 'revenir sur le refus',
  announce: 'annoncer',
  'generate-act': "préparer l'acte",
  sign: "signer l'acte",
  notify: 'notifier',
  'pay-part': 'payer en partie',
  pay: 'payer',
  'ask-report': 'demander le bilan',
  'submit-report': 'déposer le bilan',
  'ask-amendment': 'demander une correction du bilan',
  'accept-report': 'accepter le bilan',
  'ask-repayment': 'demander un reversement',
  'record-repayment': 'enregistrer le reversement',
  close: 'solder',
  'set-aside': 'écarter',
  withdraw: 'retirer',
  cancel: 'annuler',
  'declare-not-carried-out': 'déclarer non réalisée',
} as const;

export type FundingLineState = keyof typeof STATES;
export type FundingLineAct = keyof typeof ACTS;

/** What the people who instruct and decide read. An applicant reads the public status instead. */
export const FUNDING_LINE_WORDS: Words<FundingLineState, FundingLineAct> = { states: STATES, acts: ACTS };
