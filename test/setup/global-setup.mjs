// One PostgreSQL for the whole run, with a migrated template that each test file clones. It is started out here, on compiled code,
// because a server started inside Jest's sandbox would be one per test file.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import compileTests from '../../.ci/jest/compile.mjs';

const compiled = (path) => new URL(`../../dist/src/${path}`, import.meta.url);
const template = 'bievre_template';
const folders = join(tmpdir(), 'bievre-jest-');

async function onServer(url, ...statements) {
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function makeTemplate(adminUrl) {
  await onServer(adminUrl, `CREATE DATABASE ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${template}`;
  const { runMigrations } = await import(compiled('platform/database/migrate.js'));
  await runMigrations(url.href);
  if (existsSync(fileURLToPath(compiled('modules/territory/load-reference.js')))) {
    const { loadReference } = await import(compiled('modules/territory/load-reference.js'));
    await loadReference(url.href);
  }
  await onServer(adminUrl, `ALTER DATABASE ${template} IS_TEMPLATE true ALLOW_CONNECTIONS false`);
}

/** A run that was interrupted could not stop its server. Those of live runs, or of other people, refuse and stay. */
async function removeAbandoned(stopAbandonedPostgres) {
  for (const name of await readdir(tmpdir())) {
    const dataDir = join(tmpdir(), name);
    if (!dataDir.startsWith(folders) || !existsSync(join(dataDir, 'postgres.owner'))) continue;
    await stopAbandonedPostgres(dataDir)
      .then(() => rm(dataDir, { recursive: true, force: true }))
      .catch(() => undefined);
  }
}

export default async function setUp() {
  compileTests();
  // Tests run on the sources, this file on what was compiled from them: they must be the same.
  const prepared = spawnSync(process.execPath, [fileURLToPath(new URL('../../.ci/prepare.mjs', import.meta.url))], { stdio: 'inherit' });
  if (prepared.status !== 0) throw new Error('la préparation a échoué : les tests ne peuvent pas démarrer PostgreSQL (voir ci-dessus)');
  const { startEmbeddedPostgres, stopAbandonedPostgres } = await import(compiled('platform/database/embedded-postgres.js'));
  await removeAbandoned(stopAbandonedPostgres);
  const dataDir = await mkdtemp(folders);
  const server = await startEmbeddedPostgres({ dataDir, durability: 'off' });
  globalThis.stopTestServer = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server.adminUrl);
  } catch (error) {
    await globalThis.stopTestServer();
    throw error;
  }
  process.env.BIEVRE_TEST_ADMIN_URL = server.adminUrl;
}
