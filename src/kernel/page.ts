/** One page of a list. `next` are the sort values of the last row, from which the following page starts; null at the end. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: readonly (string | number | null)[] | null;
  /** Only when the caller asked for it. */
  readonly total?: number;
}

/** What a reader asks of a list: how many rows (1 to 100), after which sort values, with or without a total. */
export interface PageRequest {
  readonly limit: number;
  readonly after: readonly (string | number | null)[] | null;
  readonly count: boolean;
}

/** Cuts `rows`, read with `limit + 1`, into a page. */
export function pageOf<Row>(
  rows: readonly Row[],
  request: PageRequest,
  key: (row: Row) => readonly (string | number | null)[],
  total?: number,
): Page<Row> {
  const kept = rows.slice(0, request.limit);
  const last = kept.at(-1);
  const next = rows.length > request.limit && last !== undefined ? key(last) : null;
  return total === undefined ? { rows: kept, next } : { rows: kept, next, total };
}
