import pg from 'pg';
import { gosbReference, loadReference, loadReferenceInto } from '../../../src/modules/territory/index.js';
import { SystemClock } from '../../../src/kernel/clock.js';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { cloneDatabase, type ClonedDatabase } from '../../setup/database.js';

const COUNTS = {
  contracts: 1,
  departments: 2,
  sectors: 5,
  communes: 25,
  orientations: 8,
  strategic_objectives: 26,
  operational_objectives: 93,
  qpv: 36,
  qpv_communes: 43,
  qpv_aliases: 8,
  qpv_versions: 36,
  local_priorities: 534,
  local_priority_communes: 554,
  poverty_pockets: 2,
  funders: 45,
  funder_schemes: 149,
};

let database: ClonedDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase();
  client = new pg.Client(database.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** Every row with the transaction that wrote it: a row rewritten, even to the same values, shows. */
async function everything(): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const table of Object.keys(COUNTS)) {
    tables[table] = (await client.query(`SELECT t.xmin::text AS written_by, t::text AS row FROM ${table} t ORDER BY t::text`)).rows;
  }
  return tables;
}

const scalar = async (sql: string): Promise<unknown> => Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];

test('the template holds the whole reference', async () => {
  const tables = await everything();
  expect(Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.length]))).toEqual(COUNTS);
});

test('loading again writes nothing, even twice at once', async () => {
  const before = await everything();
  await loadReference(database.url);
  await Promise.all([loadReference(database.url), loadReference(database.url)]);
  expect(await everything()).toEqual(before);
});

test('a changed label is brought back, under the same id, and what the reference does not hold stays', async () => {
  const id = await scalar(`SELECT id FROM funders WHERE code = 'P147-94'`);
  await client.query(`UPDATE funders SET name = 'Ancien nom' WHERE code = 'P147-94'`);
  await client.query(`UPDATE orientations SET label = 'Ancien libellé' WHERE code = 'O1'`);
  await client.query(`UPDATE qpv SET official_code = 'QN09401I' WHERE slug = 'chaperon-vert'`);
  await client.query(`INSERT INTO qpv_aliases VALUES ('chaperon-vert', 'Le Chaperon')`);
  await client.query(`UPDATE qpv_versions SET valid = '[2024-01-01,2027-01-01)' WHERE qpv_slug = 'gagarine'`);
  await client.query(`INSERT INTO qpv_versions VALUES ('gagarine', '[2027-01-01,)', 'Périmètre de 2027', 'Décret à venir')`);
  await loadReference(database.url);
  expect(await scalar(`SELECT name FROM funders WHERE id = '${String(id)}'`)).toBe('État – préfecture du Val-de-Marne (programme 147)');
  expect(await scalar(`SELECT label FROM orientations WHERE code = 'O1'`)).toMatch(/^Œuvrer pour l'émancipation/);
  expect(await scalar(`SELECT official_code FROM qpv WHERE slug = 'chaperon-vert'`)).toBe('QN09401I');
  expect(await scalar(`SELECT count(*)::int FROM qpv_aliases WHERE qpv_slug = 'chaperon-vert'`)).toBe(1);
  expect(await scalar(`SELECT count(*)::int FROM qpv_versions WHERE qpv_slug = 'gagarine'`)).toBe(2);
});

test('a reordered nomenclature and a new slug: positions follow, identifiers do not', async () => {
  const reference = gosbReference();
  const position: Record<string, number> = { O1: 2, O2: 1 };
  const changed = {
    ...reference,
    orientations: reference.orientations.map((one) => ({ ...one, position: position[one.code] ?? one.position })),
    communes: reference.communes.map((one) => (one.inseeCode === '94041' ? { ...one, slug: 'ivry', name: 'Ivry' } : one)),
  };
  const source = createDataSource(database.url, 1);
  await source.initialize();
  await new UnitOfWork(source, new SystemClock()).transaction((query) => loadReferenceInto(query, changed));
  await source.destroy();
  expect(await scalar(`SELECT string_agg(code, ' ' ORDER BY position) FROM orientations`)).toBe('O2 O1 O3 O4 O5 O6 O7 OT');
  expect(await scalar(`SELECT slug || ' ' || name FROM communes WHERE insee_code = '94041'`)).toBe('ivry-sur-seine Ivry');
});
