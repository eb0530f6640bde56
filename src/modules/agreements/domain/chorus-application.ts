import { BievreError } from '../../../kernel/errors.js';

/** What of a batch could be done to a line, in order, and what its rules refused. */
export interface Fold<Line, Row, Movement> {
  readonly after: Line;
  readonly movements: readonly Movement[];
  readonly done: readonly Row[];
  readonly refused: readonly { readonly row: Row; readonly reason: string }[];
}

/** Carries out one decision a row on a line, each on what the last one left: a refusal leaves the others as they are. */
export function foldDecisions<Line, Row, Movement>(
  line: Line,
  rows: readonly Row[],
  decide: (line: Line, row: Row) => { readonly after: Line; readonly movements: readonly Movement[] },
): Fold<Line, Row, Movement> {
  let after = line;
  const movements: Movement[] = [];
  const done: Row[] = [];
  const refused: { row: Row; reason: string }[] = [];
  for (const row of rows) {
    try {
      const decision = decide(after, row);
      ({ after } = decision);
      movements.push(...decision.movements);
      done.push(row);
    } catch (error) {
      if (!(error instanceof BievreError)) throw error;
      refused.push({ row, reason: error.message });
    }
  }
  return { after, movements, done, refused };
}
