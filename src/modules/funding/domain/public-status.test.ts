import { canLine, FUNDING_LINE_TRANSITIONS, type FundingLineState } from './funding-line.transitions.js';
import { isDecisionPublic, PUBLIC_STATUS_LABELS, publicStatus } from './public-status.js';

const STATES = Object.keys(FUNDING_LINE_TRANSITIONS) as FundingLineState[];

/** Acts that the applicant does or is told of at once (a CPO that it signed ends); every other one before the announcement is internal. */
const TOLD: ReadonlySet<string> = new Set(['announce', 'withdraw', 'set-aside', 'end-tranche']);

/** Everything that internal acts lead to from a request, read from the table itself: a state added to it later is caught. */
function internalStates(): FundingLineState[] {
  const seen = new Set<FundingLineState>(['requested']);
  for (const state of seen) {
    for (const [act, to] of Object.entries(FUNDING_LINE_TRANSITIONS[state])) if (!TOLD.has(act)) seen.add(to);
  }
  return [...seen];
}

test('before the announcement, no state can be told from another', () => {
  expect(new Set(internalStates().map((state) => publicStatus(state)))).toEqual(new Set(['under-instruction']));
  expect(new Set(internalStates())).toEqual(
    new Set(['requested', 'taken-up', 'instructed', 'on-agenda', 'proposed', 'adjourned', 'unfavourable', 'approved', 'refused']),
  );
});

test('before the announcement, no decision can be seen, and withdrawing is always possible', () => {
  for (const state of internalStates()) {
    expect([state, isDecisionPublic(state), canLine(state, 'withdraw')]).toEqual([state, false, true]);
  }
});

test('every other state says something else than under instruction', () => {
  const internal = new Set(internalStates());
  for (const state of STATES.filter((each) => !internal.has(each))) {
    expect(publicStatus(state)).not.toBe('under-instruction');
    expect(PUBLIC_STATUS_LABELS[publicStatus(state)]).toMatch(/\S/);
  }
});

test.each([
  ['announced', 'granted'],
  ['act-generated', 'granted'],
  ['signed', 'granted'],
  ['notified', 'notified'],
  ['refusal-announced', 'refused'],
  ['set-aside', 'inadmissible'],
  ['withdrawn', 'withdrawn'],
  ['closed', 'closed'],
] as const)('%s reads %s', (state, expected) => {
  expect(publicStatus(state)).toBe(expected);
});

test('a line of a dossier never submitted is a draft, unless it was withdrawn', () => {
  expect(publicStatus('requested', false)).toBe('draft');
  expect(publicStatus('withdrawn', false)).toBe('withdrawn');
});

test('what was granted stays hidden from someone who withdrew before knowing', () => {
  expect(isDecisionPublic('withdrawn')).toBe(false);
});
