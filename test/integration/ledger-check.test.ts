import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { FUNDING_INVARIANTS } from '../../src/modules/funding/index.js';
import { MONEY_INVARIANTS } from '../../src/money-invariants.js';
import { stopAbandonedPostgres } from '../../src/platform/database/embedded-postgres.js';
import { checkInvariants } from '../../src/platform/database/invariants.js';
import { runMigrations } from '../../src/platform/database/migrate.js';
import { actOnEnvelope, aPocketLine, aSubEnvelope, enterPocketLimit } from '../builders/envelopes.js';
import { aDelegate, anEnvelope, aPrefecture, aProposedLine, aSubmittedLine, decide } from '../builders/funding.js';
import { aPerson, GRANTS } from '../builders/people.js';
import { startApp, type TestApp } from '../setup/app.js';

const script = fileURLToPath(new URL('../../dist/src/ledger-check.js', import.meta.url));

interface Line {
  readonly invariant: string;
  readonly checked?: number;
  readonly faults?: number;
  readonly fault?: { readonly object: string; readonly counter: string };
}

/** The command as people run it. */
async function ledgerCheck(env: Record<string, string>): Promise<{ code: number; lines: readonly Line[]; complaint: string }> {
  const child = spawn(process.execPath, [script], { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number]>]);
  const lines = out.split('\n').filter((line) => line !== '');
  return { code, lines: lines.map((line) => JSON.parse(line) as Line), complaint };
}

let app: TestApp;
let url: string;
/** What stands in the database, by what it is. */
let ids: { root: string; child: string; closed: string; proposed: string; approved: string; pocket: string };

beforeAll(async () => {
  app = await startApp();
  const [row] = await app.query<{ name: string }>('SELECT current_database() AS name');
  const { options } = app.ground.source as unknown as { options: { url: string } };
  url = options.url;
  expect(new URL(url).pathname).toBe(`/${row?.name ?? ''}`);
  ids = await aBusyDatabase();
});
afterAll(() => app.close());

/** Something of everything that an invariant looks at. */
async function aBusyDatabase(): Promise<typeof ids> {
  const prefecture = await aPrefecture(app);
  const root = await anEnvelope(app);
  const child = await aSubEnvelope(app, prefecture, root);
  const { id: proposed } = await aProposedLine(app, { envelopeId: root, amountCents: 300_000 });
  const { id: approved } = await aProposedLine(app, { envelopeId: child, amountCents: 200_000 });
  expect((await decide(app, prefecture, approved, 'approve', { amountCents: 150_000 })).status).toBe(200);
  expect((await enterPocketLimit(app, 40_000_000)).status).toBe(200);
  const pocket = await aPocketLine(app);
  const state = await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] });
  expect((await decide(app, state, pocket.id, 'propose', { amountCents: 100_000, envelopeId: root })).status).toBe(200);
  const closed = await anEnvelope(app);
  expect((await actOnEnvelope(app, prefecture, closed, 'close', { reason: 'Fin de gestion' })).status).toBe(200);
  const refused = await aSubmittedLine(app);
  expect((await decide(app, await aDelegate(app), refused.id, 'refuse', { reason: 'Hors critères' })).status).toBe(200);
  return { root, child, closed, proposed, approved, pocket: pocket.id };
}

test('while the service runs: every invariant by its name, what it looked at, no fault', async () => {
  const { code, lines, complaint } = await ledgerCheck({ DATABASE_URL: url });
  expect([code, complaint]).toEqual([0, '']);
  expect(lines.map(({ invariant }) => invariant)).toEqual(MONEY_INVARIANTS.map(({ name }) => name));
  expect(new Set(MONEY_INVARIANTS.map(({ name }) => name)).size).toBe(MONEY_INVARIANTS.length);
  for (const { invariant, faults } of lines) expect([invariant, faults]).toEqual([invariant, 0]);
  const counted = FUNDING_INVARIANTS.map(({ name }) => lines.find(({ invariant }) => invariant === name));
  for (const line of counted) expect(line?.checked).toBeGreaterThan(0);
});

/** How each is broken: by hand, with the walls of the database down. */
const BROKEN: readonly (readonly [string, (at: typeof ids) => string])[] = [
  ['envelope-counters-equal-the-ledger', ({ root }) => `UPDATE envelopes SET ceiling_cp_cents = ceiling_cp_cents + 1 WHERE id = '${root}'`],
  ['no-counter-is-negative', ({ root }) => `UPDATE envelopes SET paid_cents = -1 WHERE id = '${root}'`],
  ['no-envelope-passes-its-ceilings', ({ root }) => `UPDATE envelopes SET reserved_cents = ceiling_ae_cents + 1 WHERE id = '${root}'`],
  ['paid-within-committed', ({ approved }) => `UPDATE funding_lines SET paid_cents = committed_cents + 1 WHERE id = '${approved}'`],
  ['delegated-credit-is-in-sub-envelopes', ({ root }) => `UPDATE envelopes SET delegated_cents = delegated_cents - 1 WHERE id = '${root}'`],
  ['sub-envelopes-are-parts-of-their-parent', ({ child }) => `UPDATE envelopes SET year = year + 1 WHERE id = '${child}'`],
  ['closed-envelopes-hold-nothing', ({ closed }) => `UPDATE envelopes SET ceiling_ae_cents = 1 WHERE id = '${closed}'`],
  [
    'carried-over-within-what-lapsed',
    ({ closed, root }) =>
      `UPDATE movements SET kind = 'increase', counterpart_envelope_id = '${closed}', reference = 'x' WHERE envelope_id = '${root}' AND kind = 'open'`,
  ],
  [
    'one-envelope-an-identity',
    ({ closed, root }) => `UPDATE envelopes SET programme = (SELECT programme FROM envelopes WHERE id = '${root}') WHERE id = '${closed}'`,
  ],
  [
    'line-amounts-equal-the-ledger',
    ({ proposed }) => `UPDATE funding_lines SET reserved_cents = reserved_cents - 1 WHERE id = '${proposed}'`,
  ],
  ['lines-are-held-where-they-say', ({ proposed, child }) => `UPDATE funding_lines SET envelope_id = '${child}' WHERE id = '${proposed}'`],
  ['line-states-agree-with-what-is-held', ({ proposed }) => `UPDATE funding_lines SET state = 'adjourned' WHERE id = '${proposed}'`],
  [
    'nothing-granted-above-the-request',
    ({ approved }) => `UPDATE funding_lines SET granted_cents = requested_cents + 1 WHERE id = '${approved}'`,
  ],
  ['four-eyes-on-programme-147', ({ approved }) => `UPDATE funding_lines SET decided_by = proposed_by WHERE id = '${approved}'`],
  [
    'one-live-line-an-identity',
    ({ proposed, approved }) =>
      `UPDATE funding_lines l SET action_id = o.action_id, dossier_id = o.dossier_id FROM funding_lines o WHERE l.id = '${proposed}' AND o.id = '${approved}'`,
  ],
  ['lines-are-paid-from-their-own-envelope', ({ approved }) => `UPDATE funding_lines SET year = year + 1 WHERE id = '${approved}'`],
  ['pocket-use-equals-the-ledger', () => `UPDATE pocket_limits SET used_cents = used_cents - 1`],
  ['pockets-within-their-limit', () => `UPDATE pocket_limits SET base_cents = used_cents * 40 - 1`],
  ['lines-know-their-pocket', ({ pocket }) => `UPDATE funding_lines SET pocket_id = NULL WHERE id = '${pocket}'`],
];

describe('each invariant bites', () => {
  let constraints: readonly { relation: string; name: string; definition: string }[];
  let indexes: readonly { name: string; definition: string }[];
  beforeAll(async () => {
    constraints = await app.query(
      `SELECT conrelid::regclass::text AS relation, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
       WHERE contype = 'c' AND conrelid IN ('envelopes'::regclass, 'funding_lines'::regclass, 'movements'::regclass, 'pocket_limits'::regclass)`,
    );
    indexes = await app.query(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE indexname IN ('envelopes_identity', 'funding_lines_identity')`,
    );
    for (const { relation, name } of constraints) await app.query(`ALTER TABLE ${relation} DROP CONSTRAINT ${name}`);
    for (const { name } of indexes) await app.query(`DROP INDEX ${name}`);
  });
  afterAll(async () => {
    for (const { definition } of indexes) await app.query(definition);
    for (const { relation, name, definition } of constraints)
      await app.query(`ALTER TABLE ${relation} ADD CONSTRAINT ${name} ${definition}`);
  });

  /** Breaks it, looks, and puts everything back as it was. */
  async function whileBroken<T>(sql: string, look: () => Promise<T>): Promise<T> {
    const tables = ['envelopes', 'funding_lines', 'movements', 'pocket_limits'] as const;
    for (const table of tables) await app.query(`CREATE TABLE kept_${table} AS TABLE ${table}`);
    const runner = app.ground.source.createQueryRunner();
    try {
      await runner.query('SET session_replication_role = replica');
      await runner.query(sql);
      return await look();
    } finally {
      for (const table of tables) {
        const columns = (
          (await runner.query(
            `SELECT quote_ident(column_name) AS name FROM information_schema.columns WHERE table_name = $1 AND is_identity = 'NO' AND column_name <> 'id'`,
            [table],
          )) as { name: string }[]
        ).map(({ name }) => name);
        await runner.query(
          `UPDATE ${table} t SET ${columns.map((name) => `${name} = k.${name}`).join(', ')} FROM kept_${table} k WHERE k.id = t.id`,
        );
        await runner.query(`DROP TABLE kept_${table}`);
      }
      await runner.query('SET session_replication_role = origin');
      await runner.release();
    }
  }

  test('all of them are broken here', () => {
    expect(BROKEN.map(([name]) => name).sort()).toEqual(FUNDING_INVARIANTS.map(({ name }) => name).sort());
  });

  test.each(BROKEN)('%s', async (name, sql) => {
    const checked = await whileBroken(sql(ids), () => checkInvariants(app.query, FUNDING_INVARIANTS));
    expect(checked.find(({ invariant }) => invariant === name)?.faults.length).toBeGreaterThan(0);
  });

  test('and the command says so, fault by fault', async () => {
    const sql = `UPDATE envelopes SET paid_cents = paid_cents + 1 WHERE id = '${ids.root}'`;
    const { code, lines } = await whileBroken(sql, () => ledgerCheck({ DATABASE_URL: url }));
    expect(code).toBe(1);
    expect(lines.filter(({ invariant }) => invariant === 'envelope-counters-equal-the-ledger')).toEqual([
      { invariant: 'envelope-counters-equal-the-ledger', checked: expect.any(Number), faults: 1 },
      {
        invariant: 'envelope-counters-equal-the-ledger',
        fault: { object: 'envelope', id: ids.root, counter: 'paid', counted: '1', explained: '0' },
      },
    ]);
  });

  test('and once put back, nothing is left of it', async () => {
    expect((await ledgerCheck({ DATABASE_URL: url })).code).toBe(0);
  });
});

describe('on the data folder of an installation', () => {
  const holder = fileURLToPath(new URL('../setup/hold-postgres.mjs', import.meta.url));
  const compiled = fileURLToPath(new URL('../../dist/src/platform/database/embedded-postgres.js', import.meta.url));

  test('beside the server that runs on it, then with none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bievre-check-'));
    try {
      const server = spawn(process.execPath, [holder, compiled, folder], { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/' });
      const [said] = (await once(server.stdout, 'data')) as [Buffer];
      await runMigrations((JSON.parse(said.toString()) as { url: string }).url);
      expect((await ledgerCheck({ DATA_DIR: folder })).code).toBe(0);
      server.kill('SIGTERM');
      await once(server, 'exit');
      const { code, lines } = await ledgerCheck({ DATA_DIR: folder });
      expect([code, lines.length]).toEqual([0, MONEY_INVARIANTS.length]);
    } finally {
      await stopAbandonedPostgres(folder);
      await rm(folder, { recursive: true, force: true });
    }
    // A cluster is made, every migration run, and four processes started, beside all the other tests.
  }, 180_000);
});

describe('what it can’t check', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bievre-check-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('a database that does not answer', async () => {
    const { code, lines, complaint } = await ledgerCheck({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' });
    expect([code, lines]).toEqual([2, []]);
    expect(complaint).toContain('n’a pas pu être vérifié');
  });

  test('a folder that holds none: none is made', async () => {
    const { code, complaint } = await ledgerCheck({ DATA_DIR: folder });
    expect(code).toBe(2);
    expect(complaint).toContain('aucune base');
  });
});
