import { add, subtract, ZERO, type Money } from '../../../kernel/money.js';

export const SPREAD_METHODS = ['pro-rata', 'ranked', 'capped'] as const;
export type SpreadMethod = (typeof SPREAD_METHODS)[number];

/** A line that the remainder may go to. */
export interface SpreadLine {
  readonly lineId: string;
  readonly requestedCents: Money;
  /** What the scenario gives it already. */
  readonly amountCents: Money;
}

export interface Spread {
  /** Every line given, in their order, with its new amount: never lower, never above the request nor the cap. */
  readonly amounts: readonly { readonly lineId: string; readonly amountCents: Money }[];
  readonly spreadCents: Money;
  /** What found no line that still had room. */
  readonly leftCents: Money;
}

export interface SpreadRequest {
  readonly method: SpreadMethod;
  readonly remainderCents: Money;
  /** The most that a line may get, in whole percents of its request; 100 unless said. */
  readonly capPercent?: number;
}

/**
 * Spreads a remainder over lines, exact to the cent. `ranked` fills each line in the order given; the two others share in proportion to the room
 * that each has left, by largest remainder, a tie going to the line that comes first.
 */
export function spread(lines: readonly SpreadLine[], { method, remainderCents, capPercent = 100 }: SpreadRequest): Spread {
  const rooms = lines.map((line) => roomOf(line, capPercent));
  const total = add(...rooms);
  const given = remainderCents < total ? remainderCents : total;
  const shares = method === 'ranked' ? fill(rooms, given) : share(rooms, given, total);
  return {
    amounts: lines.map(({ lineId, amountCents }, index) => ({ lineId, amountCents: add(amountCents, shares[index] ?? ZERO) })),
    spreadCents: given,
    leftCents: subtract(remainderCents, given),
  };
}

/** Rounded down: a cap is never passed, be it by a cent. */
function roomOf({ requestedCents, amountCents }: SpreadLine, capPercent: number): Money {
  const most = ((requestedCents * BigInt(capPercent)) / 100n) as Money;
  return most > amountCents ? subtract(most, amountCents) : ZERO;
}

function fill(rooms: readonly Money[], amount: Money): readonly Money[] {
  let left = amount;
  return rooms.map((room) => {
    const part = room < left ? room : left;
    left = subtract(left, part);
    return part;
  });
}

/** By largest remainder. A share rounded up is at most its room, which is whole: nothing is left to share again. */
function share(rooms: readonly Money[], amount: Money, total: Money): readonly Money[] {
  if (total === ZERO) return rooms.map(() => ZERO);
  const parts = rooms.map((room, index) => ({ index, cents: (amount * room) / total, rest: (amount * room) % total }));
  const missing = Number(amount - parts.reduce((sum, { cents }) => sum + cents, 0n));
  const first = [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1)).slice(0, missing);
  const rounded = new Set(first.map(({ index }) => index));
  return parts.map(({ index, cents }) => (rounded.has(index) ? cents + 1n : cents) as Money);
}
