import { Unprocessable } from './errors.js';

declare const unit: unique symbol;

/** An amount in euro cents. Never a float: a sum of cents is exact, and PostgreSQL's bigint carries it as it is. */
export type Money = bigint & { readonly [unit]: 'EUR cents' };

export const ZERO = 0n as Money;

export class AmountOutOfRange extends Unprocessable {
  constructor() {
    super('AMOUNT_OUT_OF_RANGE', 'Un montant est un nombre entier de centimes, représentable exactement.');
  }
}

/** Reads an integer number of cents. @throws AmountOutOfRange when it is fractional or past 2^53 − 1 */
export function cents(amount: bigint | number): Money {
  if (typeof amount === 'bigint') return amount as Money;
  if (!Number.isSafeInteger(amount)) throw new AmountOutOfRange();
  return BigInt(amount) as Money;
}

export function add(...amounts: readonly Money[]): Money {
  return amounts.reduce<bigint>((total, amount) => total + amount, 0n) as Money;
}

export function subtract(from: Money, amount: Money): Money {
  return (from - amount) as Money;
}

/** The integer of cents that JSON carries. @throws AmountOutOfRange past 2^53 − 1, rather than lose a cent */
export function toJson(amount: bigint): number {
  if (amount > BigInt(Number.MAX_SAFE_INTEGER) || amount < BigInt(Number.MIN_SAFE_INTEGER)) throw new AmountOutOfRange();
  return Number(amount);
}

/** `1234567` cents → `12 345,67 €`, with the no-break spaces of French typography. */
export function inFrench(amount: bigint): string {
  const sign = amount < 0n ? '-' : '';
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0');
  const euros = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return `${sign}${euros},${digits.slice(-2)}\u00a0€`;
}

/**
 * Whether `part` is at most `percent` % of `whole`, exactly (no division). `percent` may have two decimals, such as the 2.5 % of poverty pockets.
 */
export function atMostPercent(part: Money, whole: Money, percent: number): boolean {
  return part * 10_000n <= whole * BigInt(Math.round(percent * 100));
}
