import fc from 'fast-check';
import { BievreError } from '../../../kernel/errors.js';
import { cents } from '../../../kernel/money.js';
import type { DecidableLine, Decision } from './decidable-line.js';
import type { Authority } from './authority.js';
import { approve, earliestDecision, propose, recordDecision, type RecordedDecision, refuse } from './decision.js';

const TODAY = '2027-01-15';
const prefecture: Authority = { kind: 'prefecture' };
const aLine = (over: Partial<DecidableLine> = {}): DecidableLine => ({
  state: 'instructed',
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
  ...over,
});
const proposed = (over: Partial<DecidableLine> = {}): DecidableLine =>
  aLine({ state: 'proposed', proposedCents: cents(6_000), proposerId: 'claire', envelopeId: 'env', ...over });
/** `env reserve 6000` and so on. */
const said = ({ movements }: Decision): string[] =>
  movements.map(({ envelopeId, movement }) => `${envelopeId} ${movement.kind} ${'amountCents' in movement ? movement.amountCents : ''}`);

describe('proposing', () => {
  const by = (amount: number, envelopeId = 'env') => ({ amountCents: cents(amount), envelopeId, proposerId: 'claire' });

  test.each(['requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable'] as const)('reserves, from %s', (state) => {
    const decision = propose(aLine({ state }), by(6_000));
    expect(decision.after).toEqual(proposed());
    expect(said(decision)).toEqual(['env reserve 6000']);
  });

  test('keeps nothing of the reason of an earlier act', () => {
    expect(propose(aLine({ reason: 'Motif ancien' }), by(6_000)).after.reason).toBeNull();
  });

  test.each([
    ['more', by(7_000), ['env reserve 1000']],
    ['less', by(5_000), ['env release 1000']],
    ['as much', by(6_000), []],
    ['in another envelope', by(7_000, 'other'), ['env release 6000', 'other reserve 7000']],
  ])('again %s moves only what differs', (_name, again, movements) => {
    const decision = propose(proposed(), again);
    expect(said(decision)).toEqual(movements);
    expect(decision.after).toMatchObject({ state: 'proposed', proposedCents: again.amountCents, envelopeId: again.envelopeId });
  });

  test.each([
    ['AMOUNT_ABOVE_REQUEST', aLine(), by(10_001)],
    ['AMOUNT_NOT_POSITIVE', aLine(), by(0)],
    ['AMOUNT_NOT_POSITIVE', aLine(), by(-1)],
    ['NOT_PROGRAMME_147', aLine({ isProgramme147: false }), by(1)],
    ['ACT_NOT_ALLOWED', aLine({ state: 'approved' }), by(1)],
    ['ACT_NOT_ALLOWED', aLine({ state: 'withdrawn' }), by(1)],
  ])('is refused: %s', (code, line, proposal) => {
    expect(() => propose(line, proposal)).toThrow(expect.objectContaining({ code }));
  });
});

describe('approving', () => {
  const by = (amount: number, authority: Authority = prefecture, approverId = 'paul') => ({
    amountCents: cents(amount),
    approverId,
    authority,
    today: TODAY,
  });
  const delegate = (ceiling: number, startsOn = '2027-01-01', endsOn: string | null = null): Authority => ({
    kind: 'delegate',
    delegation: { ceilingCents: cents(ceiling), startsOn, endsOn },
  });

  test.each([
    ['what was proposed', 6_000, ['env release 6000', 'env commit 6000']],
    ['less', 4_000, ['env release 6000', 'env commit 4000']],
    ['more, up to the request', 10_000, ['env release 6000', 'env commit 10000']],
  ])('commits %s', (_name, amount, movements) => {
    const decision = approve(proposed(), by(amount));
    expect(said(decision)).toEqual(movements);
    expect(decision.after).toMatchObject({
      state: 'approved',
      grantedCents: cents(amount),
      deciderId: 'paul',
      decidedOn: TODAY,
      envelopeId: 'env',
    });
  });

  test.each([
    ['at its ceiling', delegate(6_000)],
    ['on its first day', delegate(9_000, TODAY)],
    ['on its last day', delegate(9_000, '2026-01-01', TODAY)],
  ])('is possible under a delegation %s', (_name, authority) => {
    expect(approve(proposed(), by(6_000, authority)).after.state).toBe('approved');
  });

  test.each([
    ['FOUR_EYES', proposed(), by(6_000, prefecture, 'claire')],
    ['AMOUNT_ABOVE_REQUEST', proposed(), by(10_001)],
    ['AMOUNT_NOT_POSITIVE', proposed(), by(0)],
    ['DELEGATION_EXCEEDED', proposed(), by(6_001, delegate(6_000))],
    ['NO_DELEGATION', proposed(), by(1, { kind: 'delegate', delegation: null })],
    ['NO_DELEGATION', proposed(), by(1, delegate(9_000, '2027-01-16'))],
    ['NO_DELEGATION', proposed(), by(1, delegate(9_000, '2026-01-01', '2027-01-14'))],
    ['NOT_PROGRAMME_147', proposed({ isProgramme147: false }), by(1)],
    ['ACT_NOT_ALLOWED', aLine(), by(1)],
    ['ACT_NOT_ALLOWED', proposed({ state: 'approved' }), by(1)],
  ])('is refused: %s', (code, line, approval) => {
    expect(() => approve(line, approval)).toThrow(expect.objectContaining({ code }));
  });
});

describe('refusing', () => {
  const by = (reason: string) => ({ reason, deciderId: 'paul', today: TODAY });

  test('gives the reservation back', () => {
    const decision = refuse(proposed(), by(' Hors orientation '));
    expect(said(decision)).toEqual(['env release 6000']);
    expect(decision.after).toMatchObject({
      state: 'refused',
      envelopeId: null,
      grantedCents: null,
      reason: 'Hors orientation',
      deciderId: 'paul',
    });
  });
  test('moves nothing when nothing was reserved', () => {
    expect(refuse(aLine(), by('Hors orientation')).movements).toEqual([]);
  });
  test.each([
    ['REASON_REQUIRED', aLine(), ' '],
    ['NOT_PROGRAMME_147', aLine({ isProgramme147: false }), 'x'],
    ['ACT_NOT_ALLOWED', aLine({ state: 'approved' }), 'x'],
  ])('is refused: %s', (code, line, reason) => {
    expect(() => refuse(line, by(reason))).toThrow(expect.objectContaining({ code }));
  });
});

describe('recording the decision of another funder', () => {
  const theirs = (over: Partial<DecidableLine> = {}): DecidableLine => aLine({ isProgramme147: false, ...over });
  const by = (amount: number, over: Partial<RecordedDecision> = {}): RecordedDecision => ({
    amountCents: cents(amount),
    decisionReference: 'CP 2027-12',
    decidedOn: TODAY,
    recorderId: 'zoe',
    today: TODAY,
    earliest: earliestDecision('2026-10-01'),
    ...over,
  });

  test.each(['requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable'] as const)('is one step, from %s', (state) => {
    const decision = recordDecision(theirs({ state }), by(2_000));
    expect(decision.movements).toEqual([]);
    expect(decision.after).toMatchObject({
      state: 'approved',
      grantedCents: 2_000n,
      decisionReference: 'CP 2027-12',
      decidedOn: TODAY,
      deciderId: 'zoe',
    });
  });
  test('commits their envelope when they keep one here', () => {
    expect(said(recordDecision(theirs(), by(2_000, { envelopeId: 'cd94' })))).toEqual(['cd94 commit 2000']);
  });
  test('can be of the year before the call', () => {
    expect(recordDecision(theirs(), by(1, { decidedOn: '2025-01-01' })).after.decidedOn).toBe('2025-01-01');
  });
  test('of 0 € is a refusal, with its reason, and moves nothing', () => {
    const decision = recordDecision(theirs(), by(0, { reason: 'Crédits épuisés', envelopeId: 'cd94' }));
    expect(decision).toMatchObject({
      after: { state: 'refused', grantedCents: null, envelopeId: null, reason: 'Crédits épuisés' },
      movements: [],
    });
  });
  test.each([
    ['PROGRAMME_147_NEEDS_APPROVAL', aLine(), by(1)],
    ['REASON_REQUIRED', theirs(), by(0)],
    ['AMOUNT_ABOVE_REQUEST', theirs(), by(10_001)],
    ['AMOUNT_NOT_POSITIVE', theirs(), by(-1)],
    ['DECIDED_IN_FUTURE', theirs(), by(1, { decidedOn: '2027-01-16' })],
    ['DECIDED_TOO_EARLY', theirs(), by(1, { decidedOn: '2024-12-31' })],
    ['DECIDED_TOO_EARLY', theirs(), by(0, { decidedOn: '1900-01-01', reason: 'x' })],
    ['ACT_NOT_ALLOWED', theirs({ state: 'approved' }), by(1)],
  ])('is refused: %s', (code, line, decided) => {
    expect(() => recordDecision(line, decided)).toThrow(expect.objectContaining({ code }));
  });
});

test('nobody ever approves their own proposal, nor more than was asked', () => {
  const person = fc.constantFrom('claire', 'paul');
  const amount = fc.integer({ min: -1, max: 20_000 }).map((value) => cents(value));
  fc.assert(
    fc.property(amount, amount, person, person, (offered, granted, proposerId, approverId) => {
      try {
        const { after } = propose(aLine(), { amountCents: offered, envelopeId: 'env', proposerId });
        const decision = approve(after, { amountCents: granted, approverId, authority: prefecture, today: TODAY });
        expect(approverId).not.toBe(proposerId);
        expect(decision.after.grantedCents).toBe(granted);
        expect(granted > 0n && granted <= 10_000n).toBe(true);
      } catch (refusal) {
        if (!(refusal instanceof BievreError)) throw refusal;
        expect(proposerId === approverId || offered <= 0n || granted <= 0n || offered > 10_000n || granted > 10_000n).toBe(true);
      }
    }),
  );
});
