import { ActNotAllowed, reachable } from '../../../kernel/transitions.js';
import {
  nextReportState,
  REPORT_STATES,
  REPORT_TRANSITIONS,
  REPORT_WORDS,
  type ReportAct,
  type ReportState,
} from './report.transitions.js';

const ACTS = Object.keys(REPORT_WORDS.acts) as ReportAct[];

test('every state can be reached', () => {
  expect(reachable(REPORT_TRANSITIONS, 'draft')).toEqual(new Set(REPORT_STATES));
});

test.each<[ReportState, ReportAct, ReportState]>([
  ['draft', 'submit', 'submitted'],
  ['submitted', 'ask-amendment', 'to-amend'],
  ['to-amend', 'submit', 'submitted'],
  ['to-amend', 'ask-amendment', 'to-amend'],
  ['submitted', 'accept-in-part', 'submitted'],
  ['submitted', 'accept', 'accepted'],
  ['accepted', 'accept', 'accepted'],
  ['accepted', 'ask-amendment', 'to-amend'],
])('%s, once « %s », is %s', (from, act, to) => {
  expect(nextReportState(from, act)).toBe(to);
});

const REFUSED = REPORT_STATES.flatMap((state) =>
  ACTS.filter((act) => REPORT_TRANSITIONS[state][act] === undefined).map((act) => [state, act] as const),
);
test.each(REFUSED)('%s refuses « %s »', (state, act) => {
  expect(() => nextReportState(state, act)).toThrow(ActNotAllowed);
});

test.each<[ReportState, ReportAct]>([
  ['submitted', 'edit'],
  ['accepted', 'edit'],
  ['accepted', 'submit'],
  ['draft', 'accept'],
  ['to-amend', 'accept'],
])('nothing that is judged changes, nothing that changes is judged: %s refuses « %s »', (state, act) => {
  expect(REPORT_TRANSITIONS[state][act]).toBeUndefined();
});
