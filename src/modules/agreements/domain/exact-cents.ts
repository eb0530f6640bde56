import type { Money } from '../../../kernel/money.js';

const LARGEST = 99_999_999_999_999n;
const DECIMAL = /^([+-]?)(\d{1,20})(?:\.(\d{0,30}))?(?:[eE]([+-]?\d{1,2}))?$/;

/** A decimal as it is written, times 10^`shift`: whole part and what is left over, exactly; null when it is none. */
function scaled(text: string, shift: number): { readonly whole: bigint; readonly rest: bigint; readonly unit: bigint } | null {
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  const power = Number(exponent) - fraction.length + shift;
  if (power >= 0) return { whole: digits * 10n ** BigInt(power), rest: 0n, unit: 1n };
  const unit = 10n ** BigInt(-power);
  return { whole: digits / unit, rest: digits % unit, unit };
}

/**
 * The cents of an amount as a spreadsheet writes it: `1234.5`, `1.5E3`, or `1234.5600000000001`, what a program made of 1 234,56 with floats.
 * No float here: the amount is the cent that stands within a ten-thousandth of a cent, null when there is none. May be negative.
 */
export function centsOfNumber(text: string): Money | null {
  const found = scaled(text, 2);
  if (!found) return null;
  const { whole, rest, unit } = found;
  const size = rest < 0n ? -rest : rest;
  const towards = rest < 0n ? -1n : 1n;
  const near = size * 10_000n <= unit ? 0n : (unit - size) * 10_000n <= unit ? towards : null;
  if (near === null) return null;
  const cents = whole + near;
  return cents > LARGEST || cents < -LARGEST ? null : (cents as Money);
}

/** The cents of an amount typed as people do: `1 234,56`, `1234.5 €`. A text with both a comma and a dot could be read in two ways: null. */
export function centsOfText(text: string): Money | null {
  const bare = text.replace(/\s|€|EUR/g, '');
  if (bare.includes(',') && bare.includes('.')) return null;
  return centsOfNumber(bare.replace(',', '.'));
}

/** The digits of a whole number, whatever the way a spreadsheet writes it (`10`, `10.0`, `2.103456789E9`); the text itself when it is none. */
export function digitsOf(text: string): string {
  const found = scaled(text, 0);
  return found && found.rest === 0n && found.whole >= 0n ? found.whole.toString() : text;
}
