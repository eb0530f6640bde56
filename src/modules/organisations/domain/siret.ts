import { Unprocessable } from '../../../kernel/errors.js';

const LA_POSTE_SIREN = '356000000';
/** La Poste's head office is the one establishment of La Poste whose number follows Luhn (INSEE, SIRENE documentation). */
const LA_POSTE_HEAD_OFFICE = '35600000000048';

export class InvalidSiret extends Unprocessable {
  constructor() {
    const sentence =
      "Ce numéro SIRET n'est pas valide : il compte 14 chiffres, dont le dernier contrôle les autres. Vérifiez-le sur l'avis de situation.";
    super('INVALID_SIRET', sentence, [{ pointer: '/siret', code: 'INVALID_SIRET', detail: sentence }]);
  }
}

/** The 14 digits of a SIRET, written with or without spaces. @throws InvalidSiret */
export function parseSiret(text: string): string {
  const siret = text.replace(/\s/g, '');
  if (!/^\d{14}$/.test(siret) || /^0+$/.test(siret) || !hasValidKey(siret)) throw new InvalidSiret();
  return siret;
}

/** The legal unit (9 digits) that an establishment belongs to. */
export function sirenOf(siret: string): string {
  return siret.slice(0, 9);
}

function hasValidKey(siret: string): boolean {
  // La Poste has too many establishments for Luhn's key: the sum of the digits is a multiple of 5 instead.
  if (siret.startsWith(LA_POSTE_SIREN) && siret !== LA_POSTE_HEAD_OFFICE) return sum([...siret].map(Number)) % 5 === 0;
  return luhnSum(siret) % 10 === 0;
}

function luhnSum(digits: string): number {
  return sum(
    [...digits].reverse().map((digit, position) => {
      const value = position % 2 === 0 ? Number(digit) : Number(digit) * 2;
      return value > 9 ? value - 9 : value;
    }),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
