/** What stands in a cell: a text, or a number as it is written (never a float: an amount is exact only as text). */
export interface Cell {
  readonly kind: 'text' | 'number' | 'other';
  readonly text: string;
  /** It came from a formula: the value is what the program that wrote the file kept of it. Formulas are never evaluated. */
  readonly isComputed: boolean;
}

/** By column, from 0; a cell that is empty is a hole. */
export type Row = readonly (Cell | undefined)[];

export interface NumberedRow {
  /** As the program that shows the sheet numbers it, from 1. */
  readonly number: number;
  readonly cells: Row;
}

/** `BC7` → 54; null when it names no column. */
export function columnOf(reference: string): number | null {
  let column = 0;
  let length = 0;
  for (; length < reference.length; length++) {
    const letter = reference.charCodeAt(length) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return length === 0 || length > 3 ? null : column - 1;
}
