import { parse } from 'csv-parse/sync';
import { Unprocessable } from '../../kernel/errors.js';

export interface CsvRow {
  /** Where it ends in the file, the first line being 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export class MalformedCsv extends Unprocessable {
  constructor(line: number, why: string) {
    const sentence = `Le fichier ne peut pas être lu à la ligne ${line} : ${why}.`;
    super('MALFORMED_CSV', sentence, [{ pointer: `/lines/${line}`, code: 'MALFORMED_CSV', detail: sentence }]);
  }
}

export class TooManyCsvRows extends Unprocessable {
  constructor(max: number) {
    super('TOO_MANY_ROWS', `Le fichier a plus de ${max} lignes : faites-en plusieurs.`);
  }
}

/** Characters that one record may hold. */
const RECORD_LIMIT = 20_000;
const WHYS: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'elle n’a pas autant de colonnes que l’en-tête',
  CSV_QUOTE_NOT_CLOSED: 'un guillemet s’ouvre et ne se ferme pas',
  CSV_INVALID_CLOSING_QUOTE: 'un guillemet est mal placé',
  INVALID_OPENING_QUOTE: 'un guillemet est mal placé',
  CSV_MAX_RECORD_SIZE: 'elle est trop longue',
};
// Line breaks and tabs are text; other control characters never are.
const CONTROL = new RegExp(`[${['\\u0000-\\u0008', '\\u000b', '\\u000c', '\\u000e-\\u001f', '\\u007f'].join('')}]`);

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/**
 * The rows of a CSV file in UTF-8, with or without its mark, separated by `;` or `,` as its first line is. Cells are trimmed text, whatever
 * they look like: nothing in them is ever interpreted. Empty rows are left out. @throws MalformedCsv, TooManyCsvRows
 */
export function readCsv(bytes: Uint8Array, maxRows: number): readonly CsvRow[] {
  const text = decoded(bytes);
  const control = CONTROL.exec(text);
  if (control) throw new MalformedCsv(lineOf(text, control.index), 'elle contient un caractère qui n’est pas du texte');
  const rows = recordsOf(text);
  if (rows.length > maxRows) throw new TooManyCsvRows(maxRows);
  return rows;
}

function recordsOf(text: string): CsvRow[] {
  const [header = ''] = text.split(/\r?\n/, 1);
  // A quote that never closes is noticed at the end of the file: it opened after the last row that was read.
  let last = 0;
  try {
    const records = parse(text, {
      delimiter: header.includes(';') ? ';' : ',',
      info: true,
      trim: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: RECORD_LIMIT,
      on_record: (record: string[], { lines }) => {
        last = lines;
        return record;
      },
    }) as unknown as readonly { info: { lines: number }; record: string[] }[];
    return records.map(({ info, record }) => ({ line: info.lines, cells: record.map((cell) => cell.normalize('NFC')) }));
  } catch (error) {
    const { code = '', lines = 1 } = error as { code?: string; lines?: number };
    const why = WHYS[code];
    if (why === undefined) throw error;
    throw new MalformedCsv(code === 'CSV_QUOTE_NOT_CLOSED' ? last + 1 : lines, why);
  }
}

/** @throws MalformedCsv naming the first line that is not UTF-8 */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Looked for again with marks in place of what can't be read: a mistake is rare, a second pass then costs nothing.
    const text = new TextDecoder('utf-8').decode(bytes);
    throw new MalformedCsv(lineOf(text, text.indexOf('\ufffd')), 'elle n’est pas en UTF-8 (enregistrez le fichier en « CSV UTF-8 »)');
  }
}
