import fc from 'fast-check';
import { BievreError } from '../../../kernel/errors.js';
import { cents } from '../../../kernel/money.js';
import { apply, applyAll, available, deltaOf, EMPTY_ENVELOPE, type Envelope, type Movement, sumOf } from './envelope.js';

type Credit = Extract<Movement, { amountCents: bigint }>['kind'];
type Ceiling = Exclude<Movement['kind'], Credit>;
const move = (kind: Credit, amount: number | bigint): Movement => ({ kind, amountCents: cents(amount) });
const ceiling = (kind: Ceiling, ae: number | bigint, cp: number | bigint = ae): Movement => ({
  kind,
  aeCents: cents(ae),
  cpCents: cents(cp),
});
const opened = (...movements: Movement[]): Envelope => applyAll(EMPTY_ENVELOPE, [ceiling('open', 1_000), ...movements]);

describe('counters', () => {
  test.each([
    ['reserve', opened(move('reserve', 300)), { reservedCents: 300n, version: 2 }, 700n],
    ['release', opened(move('reserve', 300), move('release', 100)), { reservedCents: 200n }, 800n],
    ['commit', opened(move('commit', 300)), { committedCents: 300n }, 700n],
    ['decommit', opened(move('commit', 300), move('decommit', 300)), { committedCents: 0n }, 1_000n],
    ['delegate', opened(move('delegate', 300)), { delegatedCents: 300n }, 700n],
    ['pay', opened(move('commit', 300), move('pay', 120)), { committedCents: 300n, paidCents: 120n }, 700n],
    ['recover', opened(move('commit', 300), move('pay', 120), move('recover', 20)), { paidCents: 100n }, 700n],
    ['increase', opened(ceiling('increase', 5, 0)), { ceilingAeCents: 1_005n, ceilingCpCents: 1_000n }, 1_000n],
    ['decrease', opened(move('reserve', 900), ceiling('decrease', 100)), { ceilingAeCents: 900n, ceilingCpCents: 900n }, 0n],
  ])('%s', (_kind, envelope, counters, left) => {
    expect(envelope).toMatchObject(counters);
    expect(available(envelope)).toBe(left);
  });

  test('the scarcer of AE and CP is what is available', () => {
    expect(available(apply(EMPTY_ENVELOPE, ceiling('open', 500, 400)))).toBe(400n);
    expect(available(apply(EMPTY_ENVELOPE, ceiling('open', 400, 500)))).toBe(400n);
  });
});

test.each([
  ['ENVELOPE_EXCEEDED', opened(), move('reserve', 1_001)],
  ['ENVELOPE_EXCEEDED', opened(move('reserve', 600)), move('commit', 401)],
  ['ENVELOPE_EXCEEDED', opened(move('commit', 600)), move('delegate', 401)],
  ['ENVELOPE_EXCEEDED', opened(move('delegate', 600)), move('reserve', 401)],
  ['ENVELOPE_EXCEEDED', apply(EMPTY_ENVELOPE, ceiling('open', 500, 400)), move('reserve', 401)],
  ['ENVELOPE_EXCEEDED', EMPTY_ENVELOPE, move('reserve', 1)],
  ['RESERVATION_EXCEEDED', opened(move('reserve', 5)), move('release', 6)],
  ['COMMITMENT_EXCEEDED', opened(move('commit', 5)), move('decommit', 6)],
  ['COMMITMENT_EXCEEDED', opened(move('commit', 5), move('pay', 3)), move('decommit', 3)],
  ['COMMITMENT_EXCEEDED', opened(move('commit', 5)), move('pay', 6)],
  ['TAKE_BACK_EXCEEDS_DELEGATED', opened(move('delegate', 5)), move('take-back', 6)],
  ['RECOVERY_EXCEEDS_PAID', opened(move('commit', 5), move('pay', 3)), move('recover', 4)],
  ['ENVELOPE_BELOW_USE', opened(move('reserve', 400), move('commit', 300)), ceiling('decrease', 301)],
  ['ENVELOPE_BELOW_USE', opened(move('reserve', 700)), ceiling('decrease', 0, 301)],
  ['ENVELOPE_BELOW_USE', opened(), ceiling('decrease', 1_001)],
  ['ENVELOPE_ALREADY_OPEN', opened(), ceiling('open', 1)],
  ['MOVEMENT_NOT_POSITIVE', opened(), move('reserve', 0)],
  ['MOVEMENT_NOT_POSITIVE', opened(), move('commit', -1)],
  ['MOVEMENT_NOT_POSITIVE', EMPTY_ENVELOPE, ceiling('open', 0)],
  ['MOVEMENT_NOT_POSITIVE', opened(), ceiling('increase', 5, -5)],
])('refuses with %s', (code, envelope, movement) => {
  expect(() => apply(envelope, movement)).toThrow(expect.objectContaining({ code }));
});

describe('once its year is closed', () => {
  const closed = (...movements: Movement[]): Envelope => ({ ...opened(...movements), closedAt: new Date('2028-01-31T12:00:00Z') });

  test.each([
    ceiling('open', 1),
    ceiling('increase', 1),
    ceiling('decrease', 1),
    move('reserve', 1),
    move('release', 1),
    move('commit', 1),
    move('delegate', 1),
    move('take-back', 1),
  ])('refuses to $kind', (movement) => {
    expect(() => apply(closed(move('commit', 1_000)), movement)).toThrow(expect.objectContaining({ code: 'ENVELOPE_CLOSED' }));
  });

  test('pays and recovers', () => {
    const paid = apply(closed(move('commit', 1_000)), move('pay', 400));
    expect(paid).toMatchObject({ paidCents: 400n, ceilingAeCents: 1_000n });
    expect(apply(paid, move('recover', 400))).toMatchObject({ paidCents: 0n, ceilingAeCents: 1_000n });
  });

  test('what is decommitted lapses: no credit is free again', () => {
    const after = apply(closed(move('commit', 1_000)), move('decommit', 300));
    expect(after).toMatchObject({ committedCents: 700n, ceilingAeCents: 700n, ceilingCpCents: 700n });
    expect(available(after)).toBe(0n);
  });
});

test('says what is left and what was asked', () => {
  const refused = (): Envelope => apply(opened(move('reserve', 600)), move('reserve', 500));
  expect(refused).toThrow(/Il reste 4,00\s€ disponibles dans l'enveloppe, et il en faudrait 5,00\s€/);
});

test.each([
  [500, 400, /disponibles dans l'enveloppe \(ce sont ses crédits de paiement, CP, qui limitent\), et/],
  [400, 500, /disponibles dans l'enveloppe \(ce sont ses autorisations d'engagement, AE, qui limitent\), et/],
])('names the ceiling that limits, when AE is %i and CP %i', (ae, cp, sentence) => {
  expect(() => apply(apply(EMPTY_ENVELOPE, ceiling('open', ae, cp)), move('reserve', 401))).toThrow(sentence);
});

test('what one movement refuses, all of them refuse', () => {
  expect(() => applyAll(opened(), [move('reserve', 900), move('commit', 200)])).toThrow(/Il reste/);
  expect(applyAll(opened(move('reserve', 900)), [move('release', 900), move('commit', 1_000)])).toMatchObject({
    reservedCents: 0n,
    committedCents: 1_000n,
  });
});

describe('whatever is tried, in whatever order', () => {
  const amount = fc.bigInt({ min: -5n, max: 1_000n });
  const credit = fc.record({
    kind: fc.constantFrom<Credit>('reserve', 'release', 'commit', 'decommit', 'delegate', 'take-back', 'pay', 'recover'),
    amountCents: amount.map((value) => cents(value)),
  });
  const anyCeiling = fc.record({
    kind: fc.constantFrom<Ceiling>('open', 'increase', 'decrease'),
    aeCents: amount.map((value) => cents(value)),
    cpCents: amount.map((value) => cents(value)),
  });
  const attempts = fc.array(fc.oneof({ weight: 4, arbitrary: credit }, { weight: 1, arbitrary: anyCeiling }), { maxLength: 80 });

  test('no counter is negative, nothing is promised or paid twice, and the ledger adds up to the counters', () => {
    fc.assert(
      fc.property(attempts, (movements) => {
        let envelope = apply(EMPTY_ENVELOPE, ceiling('open', 3_000));
        const ledger: Movement[] = [ceiling('open', 3_000)];
        for (const movement of movements) {
          try {
            envelope = apply(envelope, movement);
            ledger.push(movement);
          } catch (refusal) {
            expect(refusal).toBeInstanceOf(BievreError);
          }
          const { version, closedAt: _, ...counters } = envelope;
          for (const value of Object.values(counters)) expect(value >= 0n).toBe(true);
          expect(available(envelope) >= 0n).toBe(true);
          expect(envelope.paidCents <= envelope.committedCents).toBe(true);
          expect(version).toBe(ledger.length);
          expect(sumOf(ledger)).toEqual(counters);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a refusal is never for nothing: what it refuses would break an invariant', () => {
    fc.assert(
      fc.property(attempts, credit, (movements, last) => {
        fc.pre(last.amountCents > 0n);
        let envelope = apply(EMPTY_ENVELOPE, ceiling('open', 3_000));
        for (const movement of movements) {
          try {
            envelope = apply(envelope, movement);
          } catch {
            continue;
          }
        }
        const counters = sumOf([ceiling('open', envelope.ceilingAeCents, envelope.ceilingCpCents)]);
        const delta = deltaOf(last);
        const after = {
          ...counters,
          reservedCents: cents(envelope.reservedCents + delta.reservedCents),
          committedCents: cents(envelope.committedCents + delta.committedCents),
          delegatedCents: cents(envelope.delegatedCents + delta.delegatedCents),
          paidCents: cents(envelope.paidCents + delta.paidCents),
        };
        const isSound =
          Object.values(after).every((value) => value >= 0n) && available(after) >= 0n && after.paidCents <= after.committedCents;
        if (isSound) expect(apply(envelope, last)).toMatchObject(after);
        else expect(() => apply(envelope, last)).toThrow(expect.any(BievreError));
      }),
    );
  });
});
