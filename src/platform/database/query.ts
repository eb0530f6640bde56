/** Runs one SQL statement and gives its rows. int8 → bigint, date → `YYYY-MM-DD`, timestamptz → Date. */
export type Query = <Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]) => Promise<Row[]>;

/**
 * The same, for readers that do not know of each other: what two of them ask is asked once. Within one snapshot of things, such as a transaction
 * that only reads: what changes in between is not seen.
 */
export function askingOnce(query: Query): Query {
  const answers = new Map<string, Promise<unknown[]>>();
  return <Row>(sql: string, params: readonly unknown[] = []) => {
    const key = JSON.stringify([sql, params]);
    const answer = answers.get(key) ?? query<Row>(sql, params);
    answers.set(key, answer);
    return answer as Promise<Row[]>;
  };
}
