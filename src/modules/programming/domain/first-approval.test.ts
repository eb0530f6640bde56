import { cents } from '../../../kernel/money.js';
import { approvalStep, SecondApproverIsFirst, type ApprovalStanding, type FirstApproval } from './first-approval.js';

const aFirst = (over: Partial<FirstApproval> = {}): FirstApproval => ({
  approverId: 'one',
  amountCents: cents(30_000),
  at: new Date(0),
  ...over,
});
const above = (limit: number | null, first: FirstApproval | null = null): ApprovalStanding => ({
  secondApproverAboveCents: limit === null ? null : cents(limit),
  first,
});
const by = (approverId: string, amount = 30_000) => ({ approverId, amountCents: cents(amount) });

test.each([
  ['no rule', above(null), 'final'],
  ['the very amount of the rule', above(30_000), 'final'],
  ['a cent above', above(29_999), 'first'],
  ['a rule of nothing: always two', above(0), 'first'],
  ['a rule that rose since the first approval', above(30_000, aFirst()), 'final'],
] as const)('one approver and %s', (_what, standing, step) => {
  expect(approvalStep(standing, by('two'))).toBe(step);
});

test('a second person who approves the same amount grants it', () => {
  expect(approvalStep(above(0, aFirst()), by('two'))).toBe('final');
});

test.each([29_999, 30_001])('another amount (%d) is a first approval again, whoever gives it', (amount) => {
  expect(approvalStep(above(0, aFirst()), by('two', amount))).toBe('first');
  expect(approvalStep(above(0, aFirst()), by('one', amount))).toBe('first');
});

test('nobody seconds themselves', () => {
  expect(() => approvalStep(above(0, aFirst()), by('one'))).toThrow(SecondApproverIsFirst);
});
