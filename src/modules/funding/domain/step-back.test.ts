import fc from 'fast-check';
import { BievreError } from '../../../kernel/errors.js';
import { cents, ZERO } from '../../../kernel/money.js';
import type { Authority } from './authority.js';
import type { DecidableLine, Decision } from './decidable-line.js';
import { approve, propose, recordDecision, refuse } from './decision.js';
import { applyAll, EMPTY_ENVELOPE, type Envelope } from './envelope.js';
import { nextLineState } from './funding-line.transitions.js';
import { adjourn, cancel, decommit, giveUnfavourable, reconsider, release, setAside, undoApproval, withdraw } from './step-back.js';

const untouched: DecidableLine = {
  state: 'requested',
  isProgramme147: true,
  requestedCents: cents(10_000),
  proposedCents: null,
  proposerId: null,
  grantedCents: null,
  deciderId: null,
  decidedOn: null,
  decisionReference: null,
  envelopeId: null,
  reason: null,
};
const proposed: DecidableLine = { ...untouched, state: 'proposed', proposedCents: cents(6_000), proposerId: 'claire', envelopeId: 'env' };
const approved: DecidableLine = { ...proposed, state: 'approved', grantedCents: cents(5_000), deciderId: 'paul', decidedOn: '2027-01-15' };
const recorded: DecidableLine = { ...approved, isProgramme147: false, envelopeId: null, decisionReference: 'CP 12' };
const refused: DecidableLine = {
  ...proposed,
  state: 'refused',
  envelopeId: null,
  deciderId: 'paul',
  decidedOn: '2027-01-15',
  reason: 'Hors sujet',
};

test.each([
  ['release', release(proposed, 'Erreur'), 'instructed', ['env release 6000']],
  ['adjourn, once proposed', adjourn(proposed, 'Prochaine séance'), 'adjourned', ['env release 6000']],
  ['adjourn, on the agenda', adjourn({ ...untouched, state: 'on-agenda' }, 'Prochaine séance'), 'adjourned', []],
  ['give an unfavourable opinion, once proposed', giveUnfavourable(proposed, 'Fragile'), 'unfavourable', ['env release 6000']],
  ['decommit', decommit(approved, 'Erreur'), 'instructed', ['env decommit 5000']],
  ['decommit what another funder recorded', decommit(recorded, 'Erreur'), 'instructed', []],
  ['reconsider', reconsider(refused, 'Recours gracieux'), 'instructed', []],
  ['set aside', setAside(untouched, 'Dossier irrecevable'), 'set-aside', []],
  ['withdraw a request', withdraw(untouched), 'withdrawn', []],
  ['withdraw, once proposed', withdraw(proposed), 'withdrawn', ['env release 6000']],
  ['withdraw, once approved', withdraw(approved), 'withdrawn', ['env decommit 5000']],
  ['withdraw, once refused', withdraw(refused), 'withdrawn', []],
  ['withdraw, once announced', withdraw({ ...approved, state: 'announced' }), 'withdrawn', ['env decommit 5000']],
])('%s', (_name, { after, movements }, state, expected) => {
  expect(
    movements.map(({ envelopeId, movement }) => `${envelopeId} ${movement.kind} ${'amountCents' in movement ? movement.amountCents : ''}`),
  ).toEqual(expected);
  expect(after).toMatchObject({
    state,
    proposedCents: null,
    proposerId: null,
    grantedCents: null,
    deciderId: null,
    decidedOn: null,
    envelopeId: null,
  });
});

test('withdrawing leaves the same line whatever had been decided in secret', () => {
  const lines = [untouched, proposed, approved, refused].map((line) => withdraw(line).after);
  for (const line of lines) expect(line).toEqual({ ...untouched, state: 'withdrawn' });
});

test('cancelling gives the credit back and keeps the amount readable', () => {
  const { after, movements } = cancel({ ...approved, state: 'notified' }, 'Action abandonnée');
  expect(after).toMatchObject({ state: 'cancelled', grantedCents: 5_000n, envelopeId: null, reason: 'Action abandonnée' });
  expect(movements).toEqual([{ envelopeId: 'env', movement: { kind: 'decommit', amountCents: 5_000n } }]);
});

test.each([
  ['release', (reason: string) => release(proposed, reason)],
  ['adjourn', (reason: string) => adjourn(proposed, reason)],
  ['unfavourable', (reason: string) => giveUnfavourable(proposed, reason)],
  ['decommit', (reason: string) => decommit(approved, reason)],
  ['reconsider', (reason: string) => reconsider(refused, reason)],
  ['set aside', (reason: string) => setAside(untouched, reason)],
  ['cancel', (reason: string) => cancel({ ...approved, state: 'announced' }, reason)],
])('%s needs a reason and keeps it', (_name, act) => {
  expect(() => act(' \n')).toThrow(expect.objectContaining({ code: 'REASON_REQUIRED' }));
  expect(act(' Parce que ').after.reason).toBe('Parce que');
});

test.each([
  ['release of an approved line', () => release(approved, 'x')],
  ['decommit of a proposed line', () => decommit(proposed, 'x')],
  ['decommit once announced', () => decommit({ ...approved, state: 'announced' }, 'x')],
  ['reconsidering an announced refusal', () => reconsider({ ...refused, state: 'refusal-announced' }, 'x')],
  ['cancelling before the announcement', () => cancel(approved, 'x')],
  ['withdrawing twice', () => withdraw({ ...untouched, state: 'withdrawn' })],
])('refuses %s', (_name, act) => {
  expect(act).toThrow(expect.objectContaining({ code: 'ACT_NOT_ALLOWED' }));
});

describe('undoing an approval', () => {
  const by = (authority: Authority) => ({ reason: 'Erreur', authority, today: '2027-01-15' });
  const delegate = (ceiling: number): Authority => ({
    kind: 'delegate',
    delegation: { ceilingCents: cents(ceiling), startsOn: '2027-01-01', endsOn: '2027-01-15' },
  });

  test.each([
    ['the prefecture', { kind: 'prefecture' } as const],
    ['a delegation that covers the amount granted', delegate(5_000)],
  ])('is for %s', (_name, authority) => {
    expect(undoApproval(approved, by(authority))).toEqual(decommit(approved, 'Erreur'));
  });

  test.each([
    ['DELEGATION_EXCEEDED', approved, by(delegate(4_999))],
    ['NO_DELEGATION', approved, by({ kind: 'delegate', delegation: null })],
    ['NO_DELEGATION', approved, { ...by(delegate(5_000)), today: '2027-01-16' }],
    ['REASON_REQUIRED', approved, { ...by(delegate(5_000)), reason: ' ' }],
    ['ACT_NOT_ALLOWED', proposed, by(delegate(5_000))],
  ])('is refused: %s', (code, line, undoing) => {
    expect(() => undoApproval(line, undoing)).toThrow(expect.objectContaining({ code }));
  });
});

describe('whatever is done to two lines of one envelope, in whatever order', () => {
  const acts: Record<string, (line: DecidableLine, amount: bigint) => Decision> = {
    propose: (line, amount) => propose(line, { amountCents: cents(amount), envelopeId: 'env', proposerId: 'claire' }),
    approve: (line, amount) =>
      approve(line, { amountCents: cents(amount), approverId: 'paul', authority: { kind: 'prefecture' }, today: '2027-01-15' }),
    refuse: (line) => refuse(line, { reason: 'x', deciderId: 'paul', today: '2027-01-15' }),
    record: (line, amount) =>
      recordDecision(line, {
        amountCents: cents(amount),
        decisionReference: 'r',
        decidedOn: '2027-01-15',
        reason: 'x',
        envelopeId: 'env',
        recorderId: 'zoe',
        today: '2027-01-15',
        earliest: '2025-01-01',
      }),
    release: (line) => release(line, 'x'),
    adjourn: (line) => adjourn(line, 'x'),
    decommit: (line) => decommit(line, 'x'),
    reconsider: (line) => reconsider(line, 'x'),
    withdraw: (line) => withdraw(line),
    cancel: (line) => cancel(line, 'x'),
    announce: (line) => ({ after: { ...line, state: nextLineState(line.state, 'announce') }, movements: [] }),
  };
  const step = fc.record({
    which: fc.integer({ min: 0, max: 1 }),
    act: fc.constantFrom(...Object.keys(acts)),
    amount: fc.bigInt({ min: 0n, max: 11_000n }),
  });

  test('the envelope holds exactly what its lines hold of it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, isProgramme147) => {
        const lines: DecidableLine[] = [untouched, { ...untouched, isProgramme147 }];
        let envelope: Envelope = applyAll(EMPTY_ENVELOPE, [{ kind: 'open', aeCents: cents(12_000), cpCents: cents(12_000) }]);
        for (const { which, act, amount } of steps) {
          try {
            const decision = acts[act]?.(lines[which] ?? untouched, amount);
            if (decision === undefined) throw new Error(`no act ${act}`);
            const moved = applyAll(
              envelope,
              decision.movements.map(({ movement }) => movement),
            );
            envelope = moved;
            lines[which] = decision.after;
          } catch (refusal) {
            if (!(refusal instanceof BievreError)) throw refusal;
          }
          const sum = (amounts: (bigint | null)[]): bigint => amounts.reduce<bigint>((total, each) => total + (each ?? 0n), 0n);
          const granted = lines.filter(({ state }) => state === 'approved' || state === 'announced');
          expect(envelope.reservedCents).toBe(sum(lines.filter(({ state }) => state === 'proposed').map((line) => line.proposedCents)));
          expect(envelope.committedCents).toBe(sum(granted.map((line) => line.grantedCents)));
          expect(envelope.paidCents).toBe(ZERO);
        }
      }),
      { numRuns: 300 },
    );
  });
});
