import { newId } from '../../../kernel/id.js';
import type { Query } from '../../../platform/database/query.js';
import type { Reference } from '../domain/reference.js';
import { TABLES, type TableSpec } from './reference.tables.js';

/** Two processes that start together load one after the other. */
const LOAD_LOCK = 1_147_295;

type AnySpec = TableSpec<Readonly<Record<string, unknown>>>;

/**
 * Brings the tables to what the reference says: what is new is inserted, a changed label updated, nothing deleted, codes, slugs and ids kept.
 * One statement a table, and a row that is already right is not rewritten. To be run in one transaction.
 */
export async function loadReferenceInto(query: Query, reference: Reference): Promise<void> {
  await query('SELECT pg_advisory_xact_lock($1)', [LOAD_LOCK]);
  for (const [list, spec] of Object.entries(TABLES)) {
    await upsert(query, spec, reference[list as keyof typeof TABLES]);
  }
  await loadVersions(query, reference);
  await loadSchemes(query, reference);
}

function upsert(query: Query, spec: AnySpec, rows: readonly object[]): Promise<unknown> {
  const fields = Object.entries<string>(spec.columns);
  const columns = fields.map(([field]) => columnOf(field));
  const keys = spec.key.map(columnOf);
  const kept = [...spec.key, ...(spec.fixed ?? [])].map(columnOf);
  const updated = columns.filter((column) => !kept.includes(column));
  const id = spec.hasId ? { type: 'id uuid, ', column: 'id, ' } : { type: '', column: '' };
  const record = fields.map(([field, type]) => `"${field}" ${type}`).join(', ');
  const values = fields.map(([field]) => `r."${field}"`).join(', ');
  const onConflict =
    updated.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET ${updated.map((column) => `${column} = excluded.${column}`).join(', ')}
         WHERE (${updated.map((column) => `t.${column}`).join(', ')}) IS DISTINCT FROM (${updated.map((column) => `excluded.${column}`).join(', ')})`;
  return query(
    `INSERT INTO ${spec.table} AS t (${id.column}${columns.join(', ')})
     SELECT ${id.column}${values} FROM jsonb_to_recordset($1::jsonb) AS r (${id.type}${record})
     ON CONFLICT (${keys.join(', ')}) ${onConflict}`,
    [JSON.stringify(spec.hasId ? rows.map((row) => ({ id: newId(), ...row })) : rows)],
  );
}

const columnOf = (field: string): string => field.replace(/[A-Z]|\d+/g, (part) => `_${part.toLowerCase()}`);

/** A QPV whose perimeter has changed since keeps its later versions: the first one is only added to a QPV that has none. */
function loadVersions(query: Query, { qpvVersions }: Reference): Promise<unknown> {
  return query(
    `INSERT INTO qpv_versions (qpv_slug, valid, label, source)
     SELECT r."qpvSlug", r.valid, r.label, r.source
     FROM jsonb_to_recordset($1::jsonb) AS r ("qpvSlug" text, valid daterange, label text, source text)
     WHERE NOT EXISTS (SELECT FROM qpv_versions v WHERE v.qpv_slug = r."qpvSlug")`,
    [JSON.stringify(qpvVersions)],
  );
}

function loadSchemes(query: Query, { funderSchemes }: Reference): Promise<unknown> {
  return query(
    `INSERT INTO funder_schemes AS t (funder_id, position, label)
     SELECT f.id, r.position, r.label
     FROM jsonb_to_recordset($1::jsonb) AS r ("funderCode" text, position integer, label text) JOIN funders f ON f.code = r."funderCode"
     ON CONFLICT (funder_id, label) DO UPDATE SET position = excluded.position WHERE t.position <> excluded.position`,
    [JSON.stringify(funderSchemes)],
  );
}
