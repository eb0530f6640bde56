import { ActNotAllowed, reachable } from '../../../kernel/transitions.js';
import {
  canLine,
  FUNDING_LINE_TRANSITIONS,
  mayVanish,
  nextLineState,
  type FundingLineAct,
  type FundingLineState,
} from './funding-line.transitions.js';
import { FUNDING_LINE_WORDS } from './funding-line.words.js';

const STATES = Object.keys(FUNDING_LINE_WORDS.states) as FundingLineState[];
const ACTS = Object.keys(FUNDING_LINE_WORDS.acts) as FundingLineAct[];

/** The balance paid while the report is read, or after: the state stays. */
const STAYING = {
  'to-justify': 'to-justify',
  'report-submitted': 'report-submitted',
  'to-amend': 'to-amend',
  justified: 'justified',
} as const;

/** Written by hand from the description of the trade, apart from the table: act → from → to. */
const ALLOWED: Readonly<Record<FundingLineAct, Readonly<Partial<Record<FundingLineState, FundingLineState>>>>> = {
  'take-up': { requested: 'taken-up' },
  instruct: {
    requested: 'instructed',
    'taken-up': 'instructed',
    instructed: 'instructed',
    'on-agenda': 'on-agenda',
    adjourned: 'instructed',
    unfavourable: 'instructed',
    proposed: 'proposed',
  },
  'put-on-agenda': from(['requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable'], 'on-agenda'),
  'take-off-agenda': { 'on-agenda': 'instructed' },
  propose: from(['requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable', 'proposed'], 'proposed'),
  adjourn: from(['on-agenda', 'proposed'], 'adjourned'),
  'give-unfavourable': from(['requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable', 'proposed'], 'unfavourable'),
  release: { proposed: 'instructed' },
  approve: { proposed: 'approved' },
  refuse: from(['requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable', 'proposed'], 'refused'),
  'record-grant': from(['requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable'], 'approved'),
  'record-refusal': from(['requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable'], 'refused'),
  decommit: { approved: 'instructed' },
  reconsider: { refused: 'instructed' },
  announce: { approved: 'announced', refused: 'refusal-announced' },
  'generate-act': { announced: 'act-generated' },
  sign: { 'act-generated': 'signed' },
  notify: { signed: 'notified' },
  'void-act': { 'act-generated': 'announced' },
  'pay-part': { ...from(['notified', 'partly-paid'], 'partly-paid'), ...STAYING },
  pay: { ...from(['notified', 'partly-paid'], 'paid'), ...STAYING },
  'unpay-part': { ...from(['partly-paid', 'paid'], 'partly-paid'), ...STAYING },
  unpay: { ...from(['partly-paid', 'paid'], 'notified'), ...STAYING },
  amend: { notified: 'notified', 'partly-paid': 'partly-paid', paid: 'partly-paid' },
  'amend-to-paid': { 'partly-paid': 'paid' },
  'ask-report': from(['notified', 'partly-paid', 'paid'], 'to-justify'),
  'submit-report': from(['to-justify', 'to-amend'], 'report-submitted'),
  'ask-amendment': { 'report-submitted': 'to-amend' },
  'accept-report': { 'report-submitted': 'justified' },
  'ask-repayment': from(['justified', 'not-carried-out'], 'repayment-due'),
  'record-repayment': { 'repayment-due': 'closed' },
  'record-part-repayment': { 'repayment-due': 'repayment-due' },
  'write-off': { 'repayment-due': 'closed' },
  close: from(['justified', 'not-carried-out'], 'closed'),
  'set-aside': from(['requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable'], 'set-aside'),
  withdraw: from(
    ['requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable', 'proposed', 'approved', 'refused', 'announced'],
    'withdrawn',
  ),
  cancel: from(['announced', 'act-generated', 'signed', 'notified'], 'cancelled'),
  'end-tranche': from(
    ['requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable', 'proposed', 'approved'],
    'cancelled',
  ),
  'declare-not-carried-out': from(['announced', 'notified', 'partly-paid', 'paid', 'to-justify', 'to-amend'], 'not-carried-out'),
};

function from(states: readonly FundingLineState[], to: FundingLineState): Partial<Record<FundingLineState, FundingLineState>> {
  return Object.fromEntries(states.map((state) => [state, to]));
}

test.each(STATES.flatMap((state) => ACTS.map((act) => [state, act] as const)))(
  'from %s, %s does what it must or is refused',
  (state, act) => {
    const expected = ALLOWED[act][state];
    expect(canLine(state, act)).toBe(expected !== undefined);
    if (expected === undefined) expect(() => nextLineState(state, act)).toThrow(ActNotAllowed);
    else expect(nextLineState(state, act)).toBe(expected);
  },
);

test('every state can be reached', () => {
  expect(reachable(FUNDING_LINE_TRANSITIONS, 'requested')).toEqual(new Set(STATES));
});

test.each(['refusal-announced', 'closed', 'set-aside', 'withdrawn', 'cancelled'] as const)('nothing leaves %s', (state) => {
  expect(FUNDING_LINE_TRANSITIONS[state]).toEqual({});
});

test('only a line that nobody took up may vanish from the budget', () => {
  expect(STATES.filter(mayVanish)).toEqual(['requested']);
});
