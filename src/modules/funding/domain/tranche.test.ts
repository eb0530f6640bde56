import fc from 'fast-check';
import { cents } from '../../../kernel/money.js';
import { ActNotAllowed } from '../../../kernel/transitions.js';
import type { DecidableLine, Decision } from './decidable-line.js';
import { approve, propose, recordDecision, refuse } from './decision.js';
import { FourEyes, HeldByCpo } from './decision.errors.js';
import { FUNDING_LINE_STATES } from './funding-line.transitions.js';
import { adjourn, decommit, giveUnfavourable, release, undoApproval } from './step-back.js';
import { approveTranche, endTranche, recordTranche, reserveTranche, standingOf } from './tranche.js';

const TODAY = '2028-03-01';
const prefecture = { kind: 'prefecture' } as const;
const held: DecidableLine = {
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
  heldByCpo: 'cpo',
};
const reserved: DecidableLine = { ...held, state: 'proposed', proposedCents: cents(6_000), proposerId: 'claire', envelopeId: 'env' };
const approved: DecidableLine = { ...reserved, state: 'approved', grantedCents: cents(6_000), deciderId: 'paul', decidedOn: TODAY };
const approval = { amountCents: cents(6_000), approverId: 'paul', authority: prefecture, today: TODAY };
const record = {
  amountCents: cents(6_000),
  decisionReference: 'CPO 1, tranche 2028',
  decidedOn: TODAY,
  recorderId: 'paul',
  today: TODAY,
  earliest: TODAY,
};
const said = ({ movements }: Decision): string[] =>
  movements.map(({ envelopeId, movement }) => `${envelopeId} ${movement.kind} ${'amountCents' in movement ? movement.amountCents : ''}`);

test.each<[string, () => unknown]>([
  ['propose', () => propose(held, { amountCents: cents(1), envelopeId: 'env', proposerId: 'claire' })],
  ['approve', () => approve(reserved, approval)],
  ['refuse', () => refuse(reserved, { reason: 'Non', deciderId: 'paul', today: TODAY })],
  ['record', () => recordDecision({ ...held, isProgramme147: false }, record)],
  ['release', () => release(reserved, 'Erreur')],
  ['adjourn', () => adjourn(reserved, 'Plus tard')],
  ['give an unfavourable opinion', () => giveUnfavourable(reserved, 'Non')],
  ['decommit', () => decommit(approved, 'Erreur')],
  ['undo the approval', () => undoApproval(approved, { reason: 'Erreur', authority: prefecture, today: TODAY })],
])('nobody may %s on a line that a CPO holds', (_act, act) => {
  expect(act).toThrow(HeldByCpo);
});

test('its CPO reserves, then grants it to the cent, and goes on holding it', () => {
  const first = reserveTranche(held, { amountCents: cents(6_000), envelopeId: 'env', proposerId: 'claire' });
  expect(first.after).toEqual(reserved);
  expect(said(first)).toEqual(['env reserve 6000']);
  expect(said(reserveTranche(reserved, { amountCents: cents(4_000), envelopeId: 'env', proposerId: 'claire' }))).toEqual([
    'env release 2000',
  ]);
  const granted = approveTranche(reserved, approval);
  expect(granted.after).toEqual(approved);
  expect(said(granted)).toEqual(['env release 6000', 'env commit 6000']);
  expect(() => approveTranche(reserved, { ...approval, approverId: 'claire' })).toThrow(FourEyes);
});

test.each<[string, DecidableLine, string | null, string[]]>([
  ['in its envelope', { ...reserved, isProgramme147: false }, 'env', ['env release 6000', 'env commit 6000']],
  ['without an envelope here', { ...held, isProgramme147: false }, null, []],
])('another funder grants it in one step, %s', (_name, line, envelopeId, movements) => {
  const granted = recordTranche(line, { ...record, envelopeId });
  expect(granted.after).toMatchObject({ state: 'approved', grantedCents: 6_000n, envelopeId, deciderId: 'paul', heldByCpo: 'cpo' });
  expect(said(granted)).toEqual(movements);
});

test.each<[string, DecidableLine, string[]]>([
  ['that nobody decided', held, []],
  ['reserved', reserved, ['env release 6000']],
  ['granted and not told', approved, ['env decommit 6000']],
  ['granted and told', { ...approved, state: 'announced' }, ['env decommit 6000']],
])('a tranche %s ends, and gives back what it holds', (_name, line, movements) => {
  const ended = endTranche(line, 'Résiliation');
  expect(ended.after).toMatchObject({ state: 'cancelled', envelopeId: null, reason: 'Résiliation' });
  expect(said(ended)).toEqual(movements);
});

test('a grant that was not told leaves no trace on the line that ends', () => {
  expect(endTranche(approved, 'Résiliation').after).toMatchObject({ grantedCents: null, deciderId: null, decidedOn: null });
  expect(endTranche({ ...approved, state: 'announced' }, 'Résiliation').after.grantedCents).toBe(6_000n);
});

test('nothing ends once an act is prepared, nor twice', () => {
  for (const state of ['act-generated', 'paid', 'cancelled', 'refused'] as const) {
    expect(() => endTranche({ ...approved, state }, 'Résiliation')).toThrow(ActNotAllowed);
  }
});

test('a line stands in one way, and only a reserved one may be approved', () => {
  expect(FUNDING_LINE_STATES.filter((state) => standingOf(state) === 'reserved')).toEqual(['proposed']);
  expect(FUNDING_LINE_STATES.filter((state) => standingOf(state) === 'ended')).toEqual([
    ...['refused', 'refusal-announced', 'set-aside', 'withdrawn', 'cancelled'],
  ]);
});

test('whatever is reserved, granted and ended, what was taken is given back', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt(1n, 10_000n), { minLength: 1, maxLength: 6 }), fc.boolean(), (amounts, grants) => {
      let line: DecidableLine = held;
      let heldCents = 0n;
      const step = ({ after, movements }: Decision): void => {
        line = after;
        for (const { movement } of movements) {
          if (!('amountCents' in movement)) throw new Error('a line moves no ceiling');
          heldCents += movement.kind === 'reserve' || movement.kind === 'commit' ? movement.amountCents : -movement.amountCents;
        }
      };
      for (const amount of amounts) step(reserveTranche(line, { amountCents: cents(amount), envelopeId: 'env', proposerId: 'claire' }));
      if (grants) step(approveTranche(line, { ...approval, amountCents: cents(amounts.at(-1) ?? 1n) }));
      expect(heldCents).toBe(amounts.at(-1));
      step(endTranche(line, 'Résiliation'));
      expect(heldCents).toBe(0n);
    }),
  );
});
