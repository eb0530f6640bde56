import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { readEnvironment, type Environment } from './config/environment.js';
import { withDatabase } from './installation.js';
import { MONEY_INVARIANTS } from './money-invariants.js';
import { checkInvariants, type Checked } from './platform/database/invariants.js';
import { toJson } from './platform/database/json.js';
import { pgTypes } from './platform/database/pg-types.js';

/** Sees one instant, whatever the service does meanwhile, and can write nothing. */
async function check(databaseUrl: string): Promise<readonly Checked[]> {
  const client = new pg.Client({ connectionString: databaseUrl, types: pgTypes, application_name: 'ledger-check' });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await checkInvariants(async <Row>(sql: string) => (await client.query(sql)).rows as Row[], MONEY_INVARIANTS);
  } finally {
    await client.end();
  }
}

/** A folder that holds no database is not made one for the sake of finding it empty. */
async function run(environment: Environment): Promise<readonly Checked[]> {
  const { databaseUrl, dataDir } = environment;
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'postgres'))) throw new Error(`aucune base sous ${dataDir}`);
  return withDatabase(environment, check);
}

try {
  const all = await run(readEnvironment());
  for (const { invariant, checked, faults } of all) {
    console.log(toJson({ invariant, checked, faults: faults.length }));
    for (const fault of faults) console.log(toJson({ invariant, fault }));
  }
  process.exitCode = all.some(({ faults }) => faults.length > 0) ? 1 : 0;
} catch (error) {
  console.error(`Le grand livre n’a pas pu être vérifié : ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
