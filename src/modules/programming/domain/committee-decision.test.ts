import { cents } from '../../../kernel/money.js';
import { completed, decisionByDefault } from './committee-decision.js';
import { DecisionIncomplete } from './committee.errors.js';

const NOTHING = { amountCents: null, envelopeId: null };
const PLANNED = { amountCents: cents(500), envelopeId: 'e' };

test('what the adopted scenario plans is proposed', () => {
  expect(decisionByDefault(PLANNED)).toEqual({ kind: 'proposed', amountCents: 500n, envelopeId: 'e', reason: null });
});

test.each([NOTHING, { amountCents: cents(0), envelopeId: null }])(
  'nothing follows from %o: it takes a decision and a reason',
  (planned) => {
    expect(decisionByDefault(planned)).toBeNull();
  },
);

test('a proposal takes from the scenario what it does not say', () => {
  const asked = { lineId: 'l', decision: 'proposed' } as const;
  expect(completed(asked, PLANNED, '/d/0')).toEqual({ kind: 'proposed', amountCents: 500n, envelopeId: 'e', reason: null });
  expect(completed({ ...asked, amountCents: cents(300), envelopeId: 'f' }, PLANNED, '/d/0')).toMatchObject({
    amountCents: 300n,
    envelopeId: 'f',
  });
});

test.each([
  ['a proposal of nothing', { lineId: 'l', decision: 'proposed' }, '/d/0/amountCents'],
  ['a proposal of zero', { lineId: 'l', decision: 'proposed', amountCents: cents(0) }, '/d/0/amountCents'],
  ['a deferral without a reason', { lineId: 'l', decision: 'adjourned' }, '/d/0/reason'],
  ['an unfavourable opinion without a reason', { lineId: 'l', decision: 'unfavourable' }, '/d/0/reason'],
  ['a deferral with an amount', { lineId: 'l', decision: 'adjourned', amountCents: cents(1), reason: 'Plus tard' }, '/d/0/amountCents'],
] as const)('refuses %s', (_what, asked, pointer) => {
  expect.assertions(2);
  try {
    completed(asked, NOTHING, '/d/0');
  } catch (error) {
    expect(error).toBeInstanceOf(DecisionIncomplete);
    expect((error as DecisionIncomplete).fields).toEqual([expect.objectContaining({ pointer })]);
  }
});
