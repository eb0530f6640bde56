import pg from 'pg';

const INT8 = 20;
const DATE = 1082;

/** How values read from PostgreSQL become JavaScript's: no amount goes through a float, no day through a time zone. */
export const pgTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return (value: string) => BigInt(value);
    if (oid === DATE) return (value: string) => value;
    return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};
