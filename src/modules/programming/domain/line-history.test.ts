import { cents } from '../../../kernel/money.js';
import { entryForApplicant, entryForStaff, type TrailRow } from './line-history.js';

const STATES = { approved: 'accordée', notified: 'notifiée' };
const words = (state: string) => ({ status: `public ${state}`, label: `Public ${state}` });
const aRow = (over: Partial<TrailRow> = {}): TrailRow => ({
  id: 'r',
  at: new Date(0),
  moment: 0n,
  kind: 'funding-line.approved',
  actorId: 'u',
  actorName: 'Paul',
  before: { state: 'proposed', proposedCents: '300', grantedCents: null },
  after: { state: 'approved', proposedCents: '300', grantedCents: '250', envelopeId: 'e', decisionReference: 'D 1', reason: 'Utile' },
  amountCents: null,
  envelopeId: null,
  reason: null,
  ...over,
});

test('those who judge read who, how much, from where and why', () => {
  expect(entryForStaff(aRow(), STATES)).toEqual({
    id: 'r',
    at: new Date(0),
    kind: 'funding-line.approved',
    label: 'Accordée',
    actor: { id: 'u', name: 'Paul' },
    amountCents: 250n,
    envelopeId: 'e',
    reason: 'Utile',
    reference: 'D 1',
  });
});

test('the applicant reads neither who nor from where, under the public word', () => {
  expect(entryForApplicant(aRow(), words)).toMatchObject({
    kind: 'public approved',
    label: 'Public approved',
    actor: null,
    envelopeId: null,
    amountCents: 250n,
    reason: 'Utile',
  });
});

test('nor an amount that was only proposed', () => {
  const refused = aRow({ after: { state: 'refusal-announced', proposedCents: '300', grantedCents: null, reason: 'Non' } });
  expect(entryForApplicant(refused, words)).toMatchObject({ amountCents: null, reason: 'Non' });
});

test.each<[string, Partial<TrailRow>, string, bigint | null]>([
  [
    'a payment',
    { kind: 'funding-line.paid', before: { paidCents: '100' }, after: { state: 'approved', paidCents: '250', grantedCents: '900' } },
    'Versement confirmé',
    150n,
  ],
  [
    'a payment taken back',
    { kind: 'x', before: { paidCents: '100' }, after: { paidCents: '0', grantedCents: '900' } },
    'Acte enregistré (x)',
    -100n,
  ],
  ['an act of another module', { kind: 'funding-line.sent', before: null, after: { state: 'notified' } }, 'Ligne notifiée', null],
  [
    'one that moves no state',
    { kind: 'funding-line.seen', before: { state: 'notified' }, after: { state: 'notified' } },
    'Acte enregistré (funding-line.seen)',
    null,
  ],
  ['one that keeps nothing', { kind: 'funding-line.seen', before: null, after: null }, 'Acte enregistré (funding-line.seen)', null],
  [
    'an opinion',
    { kind: 'opinion.given', before: null, after: { state: 'instructed', opinion: 'reserved', proposedCents: '120' } },
    'Avis réservé',
    120n,
  ],
  ['a movement', { kind: 'movement.reserve', before: null, after: null, amountCents: cents(300) }, 'Réservé dans l’enveloppe', 300n],
  [
    'a first approval',
    { kind: 'funding-line.first-approved', after: { state: 'proposed', grantedCents: null, firstApproval: { amountCents: '299' } } },
    'Accordée une première fois : une seconde personne est attendue',
    299n,
  ],
])('%s has its word and its amount', (_what, over, label, amountCents) => {
  expect(entryForStaff(aRow(over), STATES)).toMatchObject({ label, amountCents });
});

test('what the system did has no actor', () => {
  expect(entryForStaff(aRow({ actorId: null, actorName: null }), STATES).actor).toBeNull();
});
