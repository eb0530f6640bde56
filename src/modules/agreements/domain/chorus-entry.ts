import type { Day } from '../../../kernel/day.js';
import { dayOfSerial } from '../../../kernel/serial-day.js';
import type { ChorusCell, ChorusCells, ChorusColumns } from './chorus-columns.js';
import type { ChorusEntry } from './chorus-import.js';
import { centsOfNumber, centsOfText, digitsOf } from './exact-cents.js';

/** A row with why it can't be taken; null when it can. */
export interface ReadEntry {
  readonly entry: ChorusEntry;
  readonly fault: string | null;
}

const LONGEST = 200;

/** Null for a row that says nothing of a payment: blank, or a total. */
export function readEntry(sheet: string, rowNumber: number, cells: ChorusCells, columns: ChorusColumns): ReadEntry | null {
  const text = (place: number): string => textOf(cells[place]);
  // Zeros before a number come and go with the layout: they are not part of who it is.
  const number = (place: number): string => text(place).replace(/^0+(?=\d+$)/, '');
  const entry: ChorusEntry = {
    sheet,
    rowNumber,
    ej: text(columns.ej).toUpperCase(),
    ejItem: number(columns.ejItem),
    dp: number(columns.dp),
    dpItem: number(columns.dpItem),
    year: yearOf(text(columns.year)),
    siret: siretOf(cells[columns.siret]),
    supplier: text(columns.supplier),
    amountCents: amountOf(cells[columns.amount]),
    paidOn: dayOf(cells[columns.paidOn]),
  };
  if (entry.ej === '' && entry.dp === '' && entry.siret === '') return null;
  return { entry, fault: faultOf(entry, cells[columns.amount]) };
}

/** What makes a row of one payment: it is applied once, whatever the file it comes in. */
export function keyOf({ ej, ejItem, dp, dpItem, year }: ChorusEntry): string {
  return `${ej} ${ejItem} ${dp} ${dpItem} ${year ?? ''}`;
}

function faultOf(entry: ChorusEntry, amount: ChorusCell | undefined): string | null {
  if (!/^[0-9A-Z]{10}$/.test(entry.ej)) return 'Le numéro d’EJ ne compte pas 10 caractères.';
  if (entry.ejItem === '' || entry.dp === '' || entry.dpItem === '') return 'Il manque le poste de l’EJ, la DP ou son poste.';
  if (entry.year === null) return 'L’exercice comptable n’est pas une année.';
  if (!/^\d{14}$/.test(entry.siret)) return 'Le code taxe 1 n’est pas un SIRET de 14 chiffres.';
  if (amount?.isComputed === true) return 'Le montant est calculé par une formule : seul un montant écrit est repris.';
  if (entry.amountCents === null) return 'Le montant n’est pas un nombre exact de centimes.';
  if (entry.amountCents === 0n) return 'Le montant est nul.';
  if (entry.amountCents < 0n) return 'Le montant est négatif : annulez le paiement auquel il se rapporte.';
  if (entry.paidOn === null) return 'La date de dernière opération sur la DP est illisible.';
  return null;
}

function textOf(cell: ChorusCell | undefined): string {
  if (!cell) return '';
  const text = cell.kind === 'number' ? digitsOf(cell.text) : cell.text.normalize('NFC').replace(/\s+/g, ' ').trim();
  return text.length > LONGEST ? text.slice(0, LONGEST).toWellFormed() : text;
}

/** Kept as a number, it lost its first zeros. */
function siretOf(cell: ChorusCell | undefined): string {
  const digits = textOf(cell).replace(/ /g, '');
  return cell?.kind === 'number' ? digits.padStart(14, '0') : digits;
}

function yearOf(text: string): number | null {
  const year = /^\d{4}$/.test(text) ? Number(text) : 0;
  return year >= 2000 && year <= 2100 ? year : null;
}

function amountOf(cell: ChorusCell | undefined): bigint | null {
  if (!cell) return null;
  return cell.kind === 'number' ? centsOfNumber(cell.text) : centsOfText(cell.text);
}

/** A serial date, or a text: `31/12/2027`, `31.12.2027`, `2027-12-31`. */
function dayOf(cell: ChorusCell | undefined): Day | null {
  if (!cell) return null;
  const text = cell.text.trim();
  const serial = dayOfSerial(text);
  if (serial !== null) return serial;
  const french = /^(\d{2})[/.](\d{2})[/.](\d{4})$/.exec(text);
  const day = french ? `${french[3] ?? ''}-${french[2] ?? ''}-${french[1] ?? ''}` : /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+Z?)?$/.exec(text)?.[1];
  if (day === undefined) return null;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : null;
}
