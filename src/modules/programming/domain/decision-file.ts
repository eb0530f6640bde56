import type { Day } from '../../../kernel/day.js';
import { Unprocessable } from '../../../kernel/errors.js';
import type { Money } from '../../../kernel/money.js';

/** One row of a funder's file, read but not judged. What can't be read is null, and says so in `fault`. */
export interface DecisionRow {
  readonly line: number;
  readonly dossierNumber: string;
  /** Empty when the dossier says enough. */
  readonly actionTitle: string;
  readonly amountCents: Money | null;
  readonly reference: string;
  readonly decidedOn: Day | null;
  readonly reason: string | null;
  readonly fault: Fault | null;
}

export interface Fault {
  readonly code: string;
  readonly detail: string;
}

export class DecisionColumnsMissing extends Unprocessable {
  constructor(missing: readonly string[]) {
    const sentence = `La première ligne du fichier nomme ses colonnes ; il manque, ou il y a deux fois : ${missing.join(', ')}.`;
    super('COLUMNS_MISSING', sentence, [{ pointer: '/lines/1', code: 'COLUMNS_MISSING', detail: sentence }]);
  }
}

const COLUMNS = {
  dossierNumber: ['numero de dossier', 'n° de dossier', 'dossier'],
  actionTitle: ['action'],
  amount: ['montant accorde'],
  reference: ['reference'],
  decidedOn: ['date'],
  reason: ['motif'],
} as const;
type Column = keyof typeof COLUMNS;
/** Longest text that each is kept under. */
const LIMITS = { dossierNumber: 50, actionTitle: 300, reference: 200, reason: 2000 } as const;

/** The same text whatever its case, its accents, its apostrophes and its spaces: people type it again. */
export function folded(value: string): string {
  return value.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('’', "'").replaceAll(/\s+/gu, ' ').trim().toLowerCase();
}

/** Reads the rows after the header, whose columns may stand in any order among others. @throws DecisionColumnsMissing */
export function readDecisions(rows: readonly { readonly line: number; readonly cells: readonly string[] }[]): DecisionRow[] {
  const [header, ...rest] = rows;
  const places = placesOf(header?.cells ?? []);
  return rest.map(({ line, cells }) => readRow(line, (column) => cells[places[column]] ?? ''));
}

function placesOf(header: readonly string[]): Record<Column, number> {
  const names = header.map(folded);
  const found = Object.entries(COLUMNS).map(([column, words]) => {
    const places = names.flatMap((name, place) => ((words as readonly string[]).includes(name) ? [place] : []));
    return { column, words, place: places[0] ?? -1, isWrong: places.length > 1 || (places.length === 0 && column !== 'reason') };
  });
  const wrong = found.filter(({ isWrong }) => isWrong);
  if (wrong.length > 0) throw new DecisionColumnsMissing(wrong.map(({ words }) => `« ${words[0]} »`));
  return Object.fromEntries(found.map(({ column, place }) => [column, place])) as Record<Column, number>;
}

function readRow(line: number, cell: (column: Column) => string): DecisionRow {
  const row = {
    line,
    dossierNumber: cell('dossierNumber').toUpperCase(),
    actionTitle: cell('actionTitle'),
    amountCents: centsOf(cell('amount')),
    reference: cell('reference'),
    decidedOn: dayOf(cell('decidedOn')),
    reason: cell('reason') === '' ? null : cell('reason'),
  };
  const long = (Object.keys(LIMITS) as (keyof typeof LIMITS)[]).find((name) => (row[name] ?? '').length > LIMITS[name]);
  if (!long) return { ...row, fault: faultOf(row, cell) };
  const { dossierNumber, actionTitle, reference, reason } = row;
  const cut = {
    dossierNumber: dossierNumber.slice(0, LIMITS.dossierNumber),
    actionTitle: actionTitle.slice(0, LIMITS.actionTitle),
    reference: reference.slice(0, LIMITS.reference),
    reason: reason?.slice(0, LIMITS.reason) ?? null,
  };
  return { ...row, ...cut, fault: { code: 'TEXT_TOO_LONG', detail: `« ${COLUMNS[long][0]} » dépasse ${LIMITS[long]} caractères.` } };
}

function faultOf(row: Omit<DecisionRow, 'fault'>, cell: (column: Column) => string): Fault | null {
  if (row.dossierNumber === '') return { code: 'DOSSIER_MISSING', detail: 'Cette ligne ne dit pas de quel dossier il s’agit.' };
  if (row.amountCents === null) {
    const detail = `« ${cell('amount').slice(0, 50)} » n’est pas un montant en euros : écrivez par exemple 1 234,56, ou 0 pour un refus.`;
    return { code: 'AMOUNT_UNREADABLE', detail };
  }
  if (row.decidedOn === null) {
    const detail = `« ${cell('decidedOn').slice(0, 50)} » n’est pas une date : écrivez JJ/MM/AAAA ou AAAA-MM-JJ.`;
    return { code: 'DATE_UNREADABLE', detail };
  }
  return row.reference === '' ? { code: 'REFERENCE_MISSING', detail: 'Une décision se nomme par sa référence.' } : null;
}

/** `1 234,56 €` → 123456 cents, digit by digit. Null for anything else, a formula or a sign included; at most 999 999 999 999,99 €. */
export function centsOf(text: string): Money | null {
  const [, euros, cents = ''] =
    /^(\d{1,12}|\d{1,3}(?:[\s\u00a0\u202f]\d{3}){1,3})(?:[,.](\d{1,2}))?(?:[\s\u00a0\u202f]?€)?$/u.exec(text) ?? [];
  if (euros === undefined) return null;
  return (BigInt(euros.replaceAll(/\D/gu, '')) * 100n + BigInt(cents.padEnd(2, '0'))) as Money;
}

/** `31/12/2027` or `2027-12-31`; null for a day that is in no calendar. */
export function dayOf(text: string): Day | null {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text) ?? [];
  const iso = day === undefined ? text : `${year}-${month}-${day}`;
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(iso)) return null;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? iso : null;
}
