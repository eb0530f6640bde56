import { NotAnExtraction } from './chorus.errors.js';

/** What a cell of the extraction holds. */
export interface ChorusCell {
  readonly kind: 'text' | 'number' | 'other';
  readonly text: string;
  readonly isComputed: boolean;
}
export type ChorusCells = readonly (ChorusCell | undefined)[];

/** The sheets of payments, among others that the extraction may hold. */
export const CHORUS_SHEETS: readonly string[] = ['1. Extraction', '2. Extraction FEHBE'];

/** What each column is headed, in either layout, without accents, signs nor capitals. */
const HEADERS = {
  ej: ['n ej', 'no ej', 'numero ej'],
  ejItem: ['n poste ej', 'no poste ej', 'numero poste ej'],
  siret: ['code taxe 1'],
  dp: ['n dp', 'no dp', 'numero dp'],
  dpItem: ['n poste dp', 'no poste dp', 'numero poste dp'],
  year: ['exercice comptable'],
  supplier: ['fournisseur paye (dp)', 'fournisseur paye', 'designation de la structure'],
  amount: ['montant paye', 'eur', 'montant paye (eur)'],
  paidOn: ['date de derniere operation sur la dp', 'date derniere operation sur la dp'],
} as const;
type ColumnName = keyof typeof HEADERS;
export type ChorusColumns = Readonly<Record<ColumnName, number>>;

/** As people know them, for saying which are missing. */
const NAMES: Readonly<Record<ColumnName, string>> = {
  ej: 'N° EJ',
  ejItem: 'N° poste EJ',
  siret: 'Code taxe 1',
  dp: 'N° DP',
  dpItem: 'N° poste DP',
  year: 'Exercice comptable',
  supplier: 'Fournisseur payé (DP) ou Désignation de la structure',
  amount: 'Montant payé ou EUR',
  paidOn: 'Date de dernière opération sur la DP',
};

/** Rows above the headers (a title, a date of extraction) in which they are looked for. */
const HEADERS_WITHIN = 20;

const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[°º]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * Where each column stands, when this row is the one of headers; null when it is not. Label columns have the header of their code, or none:
 * nothing is read in them. @throws NotAnExtraction when it is, and lacks some
 */
export function columnsOf(cells: ChorusCells): ChorusColumns | null {
  const headers = Array.from(cells, (cell) => bare(cell?.text ?? ''));
  const placeOf = (name: ColumnName): number => headers.findIndex((header) => (HEADERS[name] as readonly string[]).includes(header));
  const names = Object.keys(HEADERS) as ColumnName[];
  const found = Object.fromEntries(names.map((name) => [name, placeOf(name)])) as Record<ColumnName, number>;
  if (found.ej === -1 && found.siret === -1) return null;
  const missing = names.filter((name) => found[name] === -1);
  if (missing.length > 0) throw new NotAnExtraction(`il y manque la colonne ${missing.map((name) => `« ${NAMES[name]} »`).join(', ')}`);
  return found;
}

/** @throws NotAnExtraction when the headers should have come by now */
export function assertHeadersWithin(rowNumber: number, sheet: string): void {
  if (rowNumber > HEADERS_WITHIN) throw new NotAnExtraction(`la feuille « ${sheet} » n’a pas ses en-têtes`);
}
