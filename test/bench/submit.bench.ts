import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';
import { ATTESTED_VERSION, firstAttested, FULL } from './generate.js';
import { CACHE, tokenOfSignatory } from './ground.js';
import { written } from './http-client.js';
import { idOf } from './ids.js';
import { alternately, figure, shoot, type Figure } from './measure.js';
import { serve, type Served } from './serve.js';
import type { Bench, Stage } from './stage.js';
import { pgbenchScript } from './submit-script.js';

const CLIENTS = 32;
const POOL = FULL.attested;
const FIRST = firstAttested(FULL);
const LAST = FIRST + POOL - 1;
const VS_BARE = 'submit-vs-bare';
const VS_PGBENCH = 'submit-vs-pgbench';

/** The pool of dossiers as it was before it was submitted, and everything written: each round starts from the same. */
export async function resetSubmissions(hand: pg.Client): Promise<void> {
  await hand.query(
    `UPDATE dossiers SET state = 'awaiting-attestation', version = $3, submitted_at = NULL, submitted_by = NULL, receipt_number = NULL,
       implicit_rejection_on = NULL
     WHERE id BETWEEN $1 AND $2`,
    [idOf('dossier', FIRST), idOf('dossier', LAST), ATTESTED_VERSION],
  );
  await hand.query('TRUNCATE outbox');
  await hand.query('VACUUM (ANALYZE) dossiers');
  await hand.query('CHECKPOINT');
}

/** @throws Error unless each dossier of the pool was submitted once, by its signatory, with its audit and outbox rows */
async function check(hand: pg.Client, audits: number): Promise<void> {
  const { rows } = await hand.query<{ submitted: number; told: number; audited: number }>(
    `SELECT (SELECT count(DISTINCT receipt_number)::int FROM dossiers
             WHERE id BETWEEN $1 AND $2 AND state = 'submitted' AND version = $3 AND submitted_by = attested_by AND implicit_rejection_on IS NOT NULL) AS submitted,
            (SELECT count(DISTINCT payload ->> 'dossierId')::int FROM outbox WHERE type = 'dossier.submitted.v1') AS told,
            (SELECT count(*)::int FROM audit WHERE act = 'dossier.submitted') AS audited`,
    [idOf('dossier', FIRST), idOf('dossier', LAST), ATTESTED_VERSION + 1],
  );
  const { submitted, told, audited } = rows[0]!;
  if (submitted !== POOL || told !== POOL || audited !== audits)
    throw new Error(`of ${POOL} dossiers, ${submitted} are submitted, ${told} told, ${audited} audited over ${audits / POOL} rounds`);
}

function overHttp(served: Served, requests: readonly string[]): () => Promise<number> {
  return async () => (await shoot({ port: served.port, clients: CLIENTS }, requests)).perSecond;
}

function byPgbench(url: string): () => Promise<number> {
  const script = join(CACHE, 'submit.pgbench.sql');
  writeFileSync(script, pgbenchScript(CLIENTS, FULL));
  const settings = ['-n', '-M', 'prepared', '-c', String(CLIENTS), '-j', '2', '-t', String(POOL / CLIENTS)];
  return async () => {
    const variables = ['-D', 'counter=-1', '-D', `version=${ATTESTED_VERSION}`];
    const { stdout } = await promisify(execFile)('pgbench', [...settings, ...variables, '-f', script, url]);
    return Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1]);
  };
}

const hasPgbench = (): Promise<boolean> =>
  promisify(execFile)('pgbench', ['--version']).then(
    () => true,
    () => false,
  );

/** One request a dossier of the pool, by the signatory of its organisation. */
export async function submissions(): Promise<string[]> {
  const rows = Array.from({ length: POOL }, (_none, index) => FIRST + index);
  return Promise.all(
    rows.map(async (row) => {
      const token = await tokenOfSignatory(1 + ((row - 1) % FULL.organisations));
      return written({ method: 'POST', path: `/v1/dossiers/${idOf('dossier', row)}/submit`, token, version: ATTESTED_VERSION, body: {} });
    }),
  );
}

async function run(stage: Stage, wanted: ReadonlySet<string>): Promise<Figure[]> {
  const withPgbench = wanted.has(VS_PGBENCH) && (await hasPgbench());
  if (wanted.has(VS_PGBENCH) && !withPgbench) console.error(`${VS_PGBENCH}: left out, there is no pgbench on this machine`);
  const url = await stage.url();
  const api = await stage.api();
  const hand = await stage.hand();
  await using bare = await serve('test/bench/baseline-server.js', url, '/health/live');
  const requests = await submissions();
  let audits = 0;
  const round = (contender: () => Promise<number>) => async () => {
    await resetSubmissions(hand);
    const perSecond = await contender();
    audits += POOL;
    await check(hand, audits);
    return perSecond;
  };
  const contenders = [overHttp(api, requests), wanted.has(VS_BARE) ? overHttp(bare, requests) : null, withPgbench ? byPgbench(url) : null];
  const measured = await alternately(contenders.filter((each) => each !== null).map(round));
  await resetSubmissions(hand);
  const [ours = [], ...baselines] = measured;
  const against = (name: string, note: string) => (wanted.has(name) ? [figure(name, 'submissions/s', note, ours, baselines.shift()!)] : []);
  const common = `${CLIENTS} clients, ${POOL} dossiers a round, each submitted once`;
  return [
    ...against(VS_BARE, `${common}; baseline: bare Fastify, token check, submit.sql through pg with ${CLIENTS} connections; at least 0.5`),
    ...(withPgbench
      ? against(VS_PGBENCH, `${common}; baseline: submit.sql by pgbench, prepared, ${CLIENTS} connections; at least 0.2`)
      : []),
  ];
}

export const submitBench: Bench = { figures: [VS_BARE, VS_PGBENCH], run };
