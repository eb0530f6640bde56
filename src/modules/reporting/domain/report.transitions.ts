import { next, type TransitionTable, type Words } from '../../../kernel/transitions.js';

export type ReportState = 'draft' | 'submitted' | 'to-amend' | 'accepted';
export type ReportAct = 'edit' | 'submit' | 'accept-in-part' | 'accept' | 'ask-amendment';

/** One report for all its funders, each with its own review: one that asks for an amendment sends it back, the last acceptance accepts it. */
export const REPORT_TRANSITIONS: TransitionTable<ReportState, ReportAct> = {
  draft: { edit: 'draft', submit: 'submitted' },
  submitted: { 'accept-in-part': 'submitted', accept: 'accepted', 'ask-amendment': 'to-amend' },
  // Others may add what they want amended; nothing is accepted while it is being written again.
  'to-amend': { edit: 'to-amend', submit: 'submitted', 'ask-amendment': 'to-amend' },
  // A line whose act reached the beneficiary late is still judged on it.
  accepted: { accept: 'accepted', 'ask-amendment': 'to-amend' },
};

export const REPORT_WORDS: Words<ReportState, ReportAct> = {
  states: { draft: 'brouillon', submitted: 'déposé', 'to-amend': 'à corriger', accepted: 'accepté' },
  acts: {
    edit: 'modifier le bilan',
    submit: 'déposer le bilan',
    'accept-in-part': 'accepter le bilan',
    accept: 'accepter le bilan',
    'ask-amendment': 'demander une correction du bilan',
  },
};

export const REPORT_STATES = Object.keys(REPORT_TRANSITIONS) as readonly ReportState[];

/** @throws ActNotAllowed */
export function nextReportState(from: ReportState, act: ReportAct): ReportState {
  return next(REPORT_TRANSITIONS, from, act, REPORT_WORDS);
}
