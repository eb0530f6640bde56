import { cents } from '../../../kernel/money.js';
import { assertClosable, carryOverOf, lapseOf, takesCarryOver } from './closing.js';
import { apply, applyAll, EMPTY_ENVELOPE, type Envelope, type Movement } from './envelope.js';

const move = (kind: 'reserve' | 'commit' | 'delegate', amount: number): Movement => ({ kind, amountCents: cents(amount) });
const opened = (ae: number, cp: number, ...movements: Movement[]): Envelope =>
  applyAll(EMPTY_ENVELOPE, [{ kind: 'open', aeCents: cents(ae), cpCents: cents(cp) }, ...movements]);
const free = { reservedLines: 0, openSubEnvelopes: 0 };
const root = (envelope: Envelope) => ({ ...envelope, parentId: null });

test.each([
  ['ENVELOPE_CLOSED', { ...opened(10, 10), closedAt: new Date() }, free, /clos/],
  [
    'ENVELOPE_STILL_RESERVED',
    opened(1_000, 1_000, move('reserve', 300)),
    { ...free, reservedLines: 1 },
    /Une ligne .* retient encore 3,00\s€/,
  ],
  ['ENVELOPE_STILL_RESERVED', opened(1_000, 1_000, move('reserve', 300)), { ...free, reservedLines: 2 }, /2 lignes .* encore 3,00\s€/],
  ['SUB_ENVELOPES_STILL_OPEN', opened(1_000, 1_000, move('delegate', 300)), { ...free, openSubEnvelopes: 2 }, /2 sous-enveloppes/],
])('is not closed: %s', (code, envelope, standing, words) => {
  const close = () => assertClosable(envelope, standing);
  expect(close).toThrow(expect.objectContaining({ code }));
  expect(close).toThrow(words);
});

test('what was granted, or delegated to parts that are closed, does not keep it open', () => {
  expect(() => assertClosable(opened(1_000, 1_000, move('commit', 300), move('delegate', 200)), free)).not.toThrow();
});

test.each([
  ['all of it, never used', opened(1_000, 1_000), { aeCents: 1_000n, cpCents: 1_000n }],
  ['the rest', opened(1_000, 1_000, move('commit', 300), move('delegate', 200)), { aeCents: 500n, cpCents: 500n }],
  ['in AE and in CP, each its own', opened(1_000, 700, move('commit', 700)), { aeCents: 300n, cpCents: 0n }],
])('what lapses: %s', (_what, envelope, amounts) => {
  const lapsed = lapseOf(envelope);
  expect(lapsed).toEqual({ kind: 'decrease', ...amounts });
  if (lapsed) expect(lapseOf(apply(envelope, lapsed))).toBeNull();
});

test('nothing lapses from what is all used', () => {
  expect(lapseOf(opened(300, 300, move('commit', 300)))).toBeNull();
});

describe('carry-over', () => {
  const left = root(opened(1_000, 1_000, move('commit', 300)));

  test('up to what lapses, to the cent, by a decision', () => {
    expect(carryOverOf(left, { amountCents: cents(700), reference: 'Décision 12' })).toEqual({
      amountCents: 700n,
      reference: 'Décision 12',
    });
    expect(carryOverOf(left, { amountCents: cents(0), reference: undefined })).toBeNull();
  });

  test.each([
    ['CARRY_OVER_ABOVE_LAPSED', left, 701, 'Décision 12'],
    ['CARRY_OVER_ABOVE_LAPSED', root(opened(1_000, 400, move('commit', 300))), 101, 'Décision 12'],
    ['CARRY_OVER_REFERENCE_REQUIRED', left, 1, undefined],
    ['CARRY_OVER_BY_PARENT', { ...left, parentId: 'p' }, 1, 'Décision 12'],
  ])('refused with %s', (code, envelope, amount, reference) => {
    expect(() => carryOverOf(envelope, { amountCents: cents(amount), reference })).toThrow(expect.objectContaining({ code }));
  });

  test('into the same envelope of the next year, open', () => {
    const next = opened(1, 1);
    expect(takesCarryOver(next, 2028)).toBe(next);
    for (const none of [undefined, { ...next, closedAt: new Date() }]) expect(() => takesCarryOver(none, 2028)).toThrow(/de 2028/);
  });
});
