import { ZERO, type Money } from '../../../kernel/money.js';
import { ActNotAllowed } from '../../../kernel/transitions.js';
import { putOnAgenda, takeOffAgenda } from './agenda.js';
import type { DecidableLine } from './decidable-line.js';
import type { FundingLineState } from './funding-line.transitions.js';

const aLine = (state: FundingLineState): DecidableLine => ({
  state,
  isProgramme147: true,
  requestedCents: 500_000n as Money,
  proposedCents: null,
  proposerId: null,
  grantedCents: null,
  deciderId: null,
  decidedOn: null,
  decisionReference: null,
  envelopeId: null,
  reason: 'Un autre temps',
});

test.each(['instructed', 'adjourned', 'unfavourable'] as const)('a line %s comes before a committee, its old reason behind it', (state) => {
  expect(putOnAgenda(aLine(state))).toEqual({ after: { ...aLine('on-agenda'), reason: null }, movements: [] });
});

test('taken off, it is instructed, and moves no credit', () => {
  expect(takeOffAgenda(aLine('on-agenda'))).toEqual({ after: { ...aLine('instructed'), reason: null }, movements: [] });
});

test('neither on a line that is proposed', () => {
  const proposed = { ...aLine('proposed'), proposedCents: ZERO };
  expect(() => putOnAgenda(proposed)).toThrow(ActNotAllowed);
  expect(() => takeOffAgenda(proposed)).toThrow(ActNotAllowed);
});
