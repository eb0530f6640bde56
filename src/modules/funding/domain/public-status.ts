import type { FundingLineState } from './funding-line.transitions.js';

/** The `status` of a line as its applicant reads it. */
export type PublicLineStatus =
  | 'draft'
  | 'under-instruction'
  | 'granted'
  | 'refused'
  | 'notified'
  | 'partly-paid'
  | 'paid'
  | 'to-justify'
  | 'report-submitted'
  | 'to-amend'
  | 'justified'
  | 'repayment-due'
  | 'closed'
  | 'inadmissible'
  | 'withdrawn'
  | 'cancelled'
  | 'not-carried-out';

export const PUBLIC_STATUS_LABELS: Readonly<Record<PublicLineStatus, string>> = {
  draft: 'brouillon',
  'under-instruction': 'en instruction',
  granted: 'accordée',
  refused: 'refusée',
  notified: 'notifiée',
  'partly-paid': 'payée en partie',
  paid: 'payée',
  'to-justify': 'à justifier',
  'report-submitted': 'bilan déposé',
  'to-amend': 'bilan à corriger',
  justified: 'justifiée',
  'repayment-due': 'reversement demandé',
  closed: 'soldée',
  inadmissible: 'dossier irrecevable',
  withdrawn: 'retirée',
  cancelled: 'annulée',
  'not-carried-out': 'action non réalisée',
};

/** From the submission to the announcement there is one status, whatever is thought, proposed or decided meanwhile: nothing leaks. */
const PUBLIC_STATUS: Readonly<Record<FundingLineState, PublicLineStatus>> = {
  requested: 'under-instruction',
  'taken-up': 'under-instruction',
  instructed: 'under-instruction',
  'on-agenda': 'under-instruction',
  proposed: 'under-instruction',
  adjourned: 'under-instruction',
  unfavourable: 'under-instruction',
  approved: 'under-instruction',
  refused: 'under-instruction',
  announced: 'granted',
  'refusal-announced': 'refused',
  // Preparing and signing the act is the funder's business until the beneficiary receives it.
  'act-generated': 'granted',
  signed: 'granted',
  notified: 'notified',
  'partly-paid': 'partly-paid',
  paid: 'paid',
  'to-justify': 'to-justify',
  'report-submitted': 'report-submitted',
  'to-amend': 'to-amend',
  justified: 'justified',
  'repayment-due': 'repayment-due',
  closed: 'closed',
  'set-aside': 'inadmissible',
  withdrawn: 'withdrawn',
  cancelled: 'cancelled',
  'not-carried-out': 'not-carried-out',
};

/** @param isSubmitted whether its dossier was ever submitted; a line of a draft is a draft too */
export function publicStatus(state: FundingLineState, isSubmitted = true): PublicLineStatus {
  const status = PUBLIC_STATUS[state];
  return status === 'under-instruction' && !isSubmitted ? 'draft' : status;
}

/** Whether the applicant may see the amount granted, the reason and the date of the decision. */
export function isDecisionPublic(state: FundingLineState): boolean {
  return PUBLIC_STATUS[state] !== 'under-instruction' && state !== 'withdrawn';
}

/** The same in French, for a person. */
export function publicLabel(state: FundingLineState, isSubmitted = true): string {
  return PUBLIC_STATUS_LABELS[publicStatus(state, isSubmitted)];
}
