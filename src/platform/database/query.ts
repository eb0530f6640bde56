/** Runs one SQL statement and gives its rows. int8 → bigint, date → `YYYY-MM-DD`, timestamptz → Date. */
export type Query = <Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]) => Promise<Row[]>;
