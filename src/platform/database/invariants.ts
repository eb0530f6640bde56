import type { Query } from './query.js';

/**
 * Something that must hold at any instant, told by the data alone: `sql` owes nothing to the code that it judges. One row a thing checked, with the
 * columns `object` and `id` (what it is about), `counter` (which of its figures), `counted` and `explained` (what it says, what it should say) and
 * `holds`: a row that does not hold, or does not know, is a fault.
 */
export interface Invariant {
  /** In kebab-case: what people are told. */
  readonly name: string;
  readonly sql: string;
}

/** The other way to say it, for what is no figure: `faults` gives one row a fault, with whatever shows it, and none when all is well. */
export interface FaultSearch {
  readonly name: string;
  readonly faults: string;
}

/** Amounts in cents. */
export interface Fault {
  readonly object: string;
  readonly id: string;
  readonly counter: string;
  readonly counted: bigint;
  readonly explained: bigint;
}

export interface Checked {
  readonly invariant: string;
  /** How many things were looked at: none says that nothing was. Absent of a search. */
  readonly checked?: number;
  readonly faults: readonly object[];
}

const FAULTS = 'object, id::text, counter, counted::bigint, explained::bigint';

/** Whether they hold. Several statements: in a transaction that sees one instant, or where nobody writes. */
export async function checkInvariants(query: Query, invariants: readonly (Invariant | FaultSearch)[]): Promise<readonly Checked[]> {
  const all: Checked[] = [];
  for (const invariant of invariants) {
    if ('faults' in invariant) {
      all.push({ invariant: invariant.name, faults: await query<object>(invariant.faults) });
      continue;
    }
    const { name, sql } = invariant;
    const rows = await query<Fault & { readonly total: bigint }>(
      `WITH facts AS MATERIALIZED (${sql})
       SELECT total, f.* FROM (SELECT count(*) AS total FROM facts) AS t
       LEFT JOIN (SELECT ${FAULTS} FROM facts WHERE holds IS NOT TRUE) AS f ON true
       ORDER BY object, id, counter`,
    );
    const faults = rows.filter(({ object }) => object !== null).map(({ total: _, ...fault }) => fault);
    all.push({ invariant: name, checked: Number(rows[0]?.total ?? 0n), faults });
  }
  return all;
}

/** Every fault, at one instant: one statement. */
export function faultsOf(query: Query, invariants: readonly Invariant[]): Promise<Fault[]> {
  const each = invariants.map(({ sql }) => `SELECT ${FAULTS} FROM (${sql}) AS facts WHERE holds IS NOT TRUE`);
  return query<Fault>(`${each.join(' UNION ALL ')} ORDER BY object, id, counter`);
}
