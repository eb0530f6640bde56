import { ActNotAllowed } from '../../../kernel/transitions.js';
import { attestedContent, type BudgetedAction } from './content.js';
import { contentHash } from './content-hash.js';
import { afterAct, afterAttestation, afterEdit, afterWithdrawal, isPrivate, type Attestation, type Dossier } from './dossier.js';
import { NotAttested } from './dossier.errors.js';

const at = new Date('2027-01-10T10:00:00Z');
const attestation: Attestation = {
  hash: 'ab',
  by: 'signatory',
  at,
  declarations: {
    exactness: true,
    upToDate: true,
    republicanCommitment: true,
    publicAidOver500k: false,
    bankDetailsInItsName: true,
    mandate: null,
  },
};
const aDossier = (over: Partial<Dossier> = {}): Dossier => ({
  id: 'd',
  number: '2027-GOSB-000001',
  callId: 'c',
  organisationId: 'o',
  trackCode: 'annual',
  title: 'Apprendre',
  state: 'draft',
  version: 3,
  createdBy: 'editor',
  createdAt: new Date('2027-01-02T10:00:00Z'),
  updatedAt: new Date('2027-01-02T10:00:00Z'),
  attestation: null,
  submittedAt: null,
  submittedBy: null,
  receiptNumber: null,
  implicitRejectionOn: null,
  admissibilityReason: null,
  admissibilityBy: null,
  admissibilityAt: null,
  withdrawalReason: null,
  ...over,
});

test.each([
  ['draft', 'draft'],
  ['awaiting-attestation', 'draft'],
  ['to-complete', 'to-complete'],
] as const)('an edit in state %s leads to %s, moves the version and voids the attestation', (state, after) => {
  expect(afterEdit(aDossier({ state, attestation }), at)).toMatchObject({ state: after, version: 4, updatedAt: at, attestation: null });
});

test.each(['submitted', 'admissible', 'inadmissible', 'withdrawn'] as const)('nothing is edited in state %s', (state) => {
  expect(() => afterEdit(aDossier({ state }), at)).toThrow(ActNotAllowed);
});

test.each([
  ['submit', 'draft'],
  ['submit', 'awaiting-attestation'],
  ['complete', 'to-complete'],
  ['declare-admissible', 'submitted'],
] as const)('%s, in state %s, relies on an attested content', (act, state) => {
  expect(() => afterAct(aDossier({ state }), act, at)).toThrow(NotAttested);
  expect(() => afterAct(aDossier({ state, attestation }), act, at)).not.toThrow();
});

test.each([
  ['lapse-complement', 'to-complete'],
  ['declare-inadmissible', 'submitted'],
  ['request-complement', 'submitted'],
] as const)('%s does not', (act, state) => {
  expect(() => afterAct(aDossier({ state }), act, at)).not.toThrow();
});

test('the state is judged before the attestation', () => {
  expect(() => afterAct(aDossier({ state: 'submitted' }), 'submit', at)).toThrow(ActNotAllowed);
});

test('an attestation freezes no state, and a withdrawal keeps its reason', () => {
  expect(afterAttestation(aDossier({ state: 'awaiting-attestation' }), attestation)).toMatchObject({
    state: 'awaiting-attestation',
    attestation,
  });
  expect(afterWithdrawal(aDossier({ state: 'admissible' }), 'abandon', at)).toMatchObject({
    state: 'withdrawn',
    withdrawalReason: 'abandon',
  });
});

test('what was never submitted is private, even withdrawn', () => {
  expect(isPrivate(aDossier({ state: 'withdrawn' }))).toBe(true);
  expect(isPrivate(aDossier({ state: 'withdrawn', submittedAt: at }))).toBe(false);
});

describe('the content attested', () => {
  const action = { id: 'a', dossierId: 'd', position: 1, version: 1, title: 'Ateliers' } as BudgetedAction;
  const budget = { id: 'b', actionId: 'a', year: 2027, version: 1, budget: { charges: [], products: [] } };
  const hashOf = (dossier: Dossier, actions: readonly BudgetedAction[]) => contentHash(attestedContent(dossier, actions));
  const base = hashOf(aDossier(), [{ ...action, budgets: [budget] }]);

  test('has the same hash whatever its versions and its state', () => {
    const later = { ...action, position: 7, version: 9, budgets: [{ ...budget, id: 'b2', version: 4 }] };
    expect(hashOf(aDossier({ state: 'to-complete', version: 8, attestation, submittedAt: at, receiptNumber: 'R' }), [later])).toBe(base);
  });

  test.each<[string, Partial<Dossier>, Partial<BudgetedAction>]>([
    ['the title', { title: 'Autre' }, {}],
    ['the track', { trackCode: 'operating' }, {}],
    ['an action', {}, { title: 'Autre' }],
    ['a budget', {}, { budgets: [{ ...budget, year: 2028 }] }],
  ])('has another hash once %s changed', (_what, dossier, change) => {
    expect(hashOf(aDossier(dossier), [{ ...action, budgets: [budget], ...change }])).not.toBe(base);
  });
});
