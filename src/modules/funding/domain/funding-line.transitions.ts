import { next, type TransitionTable } from '../../../kernel/transitions.js';
import { FUNDING_LINE_WORDS, type FundingLineAct, type FundingLineState } from './funding-line.words.js';

export type { FundingLineAct, FundingLineState };

/** What is possible as long as nothing holds credit and nothing is decided. */
const UNDECIDED = {
  instruct: 'instructed',
  'put-on-agenda': 'on-agenda',
  propose: 'proposed',
  'give-unfavourable': 'unfavourable',
  refuse: 'refused',
  'record-grant': 'approved',
  'record-refusal': 'refused',
  'set-aside': 'set-aside',
  withdraw: 'withdrawn',
  'end-tranche': 'cancelled',
} as const;

/** The balance is often paid while the report is read, or after: a payment, or its correction, then changes what is paid and not the state. */
function paidLate<State extends FundingLineState>(state: State) {
  return { 'pay-part': state, pay: state, 'unpay-part': state, unpay: state } as const;
}

export const FUNDING_LINE_TRANSITIONS: TransitionTable<FundingLineState, FundingLineAct> = {
  requested: { ...UNDECIDED, 'take-up': 'taken-up' },
  'taken-up': UNDECIDED,
  instructed: UNDECIDED,
  // An opinion given late moves neither a line on the agenda nor a proposed one.
  'on-agenda': {
    ...UNDECIDED,
    instruct: 'on-agenda',
    'put-on-agenda': 'on-agenda',
    'take-off-agenda': 'instructed',
    adjourn: 'adjourned',
  },
  adjourned: UNDECIDED,
  unfavourable: UNDECIDED,
  proposed: {
    instruct: 'proposed',
    propose: 'proposed',
    release: 'instructed',
    adjourn: 'adjourned',
    'give-unfavourable': 'unfavourable',
    approve: 'approved',
    refuse: 'refused',
    withdraw: 'withdrawn',
    'end-tranche': 'cancelled',
  },
  // The applicant does not know of these two yet, and can withdraw as before: a refusal to do so would tell.
  approved: { announce: 'announced', decommit: 'instructed', withdraw: 'withdrawn', 'end-tranche': 'cancelled' },
  refused: { announce: 'refusal-announced', reconsider: 'instructed', withdraw: 'withdrawn' },
  announced: {
    'generate-act': 'act-generated',
    withdraw: 'withdrawn',
    cancel: 'cancelled',
    'declare-not-carried-out': 'not-carried-out',
  },
  'refusal-announced': {},
  'act-generated': { sign: 'signed', 'void-act': 'announced', cancel: 'cancelled' },
  signed: { notify: 'notified', cancel: 'cancelled' },
  notified: {
    'pay-part': 'partly-paid',
    pay: 'paid',
    amend: 'notified',
    cancel: 'cancelled',
    'ask-report': 'to-justify',
    'declare-not-carried-out': 'not-carried-out',
  },
  'partly-paid': {
    'pay-part': 'partly-paid',
    pay: 'paid',
    'unpay-part': 'partly-paid',
    unpay: 'notified',
    amend: 'partly-paid',
    'amend-to-paid': 'paid',
    'ask-report': 'to-justify',
    'declare-not-carried-out': 'not-carried-out',
  },
  paid: {
    'unpay-part': 'partly-paid',
    unpay: 'notified',
    amend: 'partly-paid',
    'ask-report': 'to-justify',
    'declare-not-carried-out': 'not-carried-out',
  },
  'to-justify': { ...paidLate('to-justify'), 'submit-report': 'report-submitted', 'declare-not-carried-out': 'not-carried-out' },
  'report-submitted': { ...paidLate('report-submitted'), 'ask-amendment': 'to-amend', 'accept-report': 'justified' },
  'to-amend': { ...paidLate('to-amend'), 'submit-report': 'report-submitted', 'declare-not-carried-out': 'not-carried-out' },
  justified: { ...paidLate('justified'), 'ask-repayment': 'repayment-due', close: 'closed' },
  'not-carried-out': { 'ask-repayment': 'repayment-due', close: 'closed' },
  'repayment-due': { 'record-repayment': 'closed', 'record-part-repayment': 'repayment-due', 'write-off': 'closed' },
  closed: {},
  'set-aside': {},
  withdrawn: {},
  cancelled: {},
};

/** @throws ActNotAllowed */
export function nextLineState(from: FundingLineState, act: FundingLineAct): FundingLineState {
  return next(FUNDING_LINE_TRANSITIONS, from, act, FUNDING_LINE_WORDS);
}

/** Whether the act is possible in that state. */
export function canLine(from: FundingLineState, act: FundingLineAct): boolean {
  return FUNDING_LINE_TRANSITIONS[from][act] !== undefined;
}

/** Whether its row 74 may still vanish from the budget: past "requested", someone counts on the line. */
export function mayVanish(state: FundingLineState): boolean {
  return state === 'requested';
}

export const FUNDING_LINE_STATES = Object.keys(FUNDING_LINE_TRANSITIONS) as readonly FundingLineState[];
