import { spawn, type StdioOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SYSTEM_ENVIRONMENT, type Account } from './account.js';
import type { Binaries } from './binaries.js';

/** The major version of the packaged PostgreSQL, and so of the files it can open. */
const MAJOR = '18';
export const ROLE = 'bievre';

export interface ClusterPlan {
  readonly cluster: string;
  readonly account: Account;
  readonly binaries: Binaries;
  /** Whether what is written must survive a power cut. */
  readonly durable: boolean;
}

export class UnusableCluster extends Error {
  override readonly name = 'UnusableCluster';
}

/**
 * How PostgreSQL is told where its data is. Run as another account, it may not walk down to a folder whose parents are private; but it is born inside
 * that folder (the working directory is entered before the account changes), and Linux lets any process name the folder it stands in this way.
 * So the data stays in the data folder, with no copy, no pointer and no right opened on the parents.
 */
export function folderAsSeenBy(account: Account, cluster: string): string {
  return account.uid !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : cluster;
}

export function spawnAs(account: Account, program: string, args: readonly string[], cwd: string, stdio: StdioOptions) {
  return spawn(program, args, { ...account, cwd, stdio, env: SYSTEM_ENVIRONMENT, detached: true, windowsHide: true });
}

/** Runs a program to its end. @throws UnusableCluster with what it said, when it fails */
function finish(plan: ClusterPlan, cluster: string, program: string, args: readonly string[], input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawnAs(plan.account, program, args, cluster, ['pipe', 'ignore', 'pipe']);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new UnusableCluster(`PostgreSQL n'a pas pu préparer ses fichiers dans ${cluster} : ${said.trim()}`));
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** The password of the data folder; made once, readable by its owner only. */
async function keptPassword(file: string): Promise<{ password: string; known: boolean }> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  return kept === '' ? { password: randomBytes(24).toString('hex'), known: false } : { password: kept, known: true };
}

async function keepPassword(file: string, password: string): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600);
  await handle.writeFile(password);
  await handle.sync();
  await handle.close();
  await rename(`${file}.new`, file);
}

/** Sets the role's password with the server stopped: nothing ever listens with a password that is not known. */
async function setPassword(plan: ClusterPlan, cluster: string, password: string): Promise<void> {
  const sync = plan.durable ? [] : ['-c', 'fsync=off'];
  const args = [
    '--single',
    '-D',
    folderAsSeenBy(plan.account, cluster),
    '-c',
    'exit_on_error=on',
    '-c',
    'log_checkpoints=off',
    ...sync,
    'postgres',
  ];
  await finish(plan, cluster, plan.binaries.postgres, args, `ALTER ROLE ${ROLE} PASSWORD '${password}'\n`);
}

async function initialise(plan: ClusterPlan, cluster: string): Promise<void> {
  await mkdir(cluster, { mode: 0o700 });
  if (plan.account.uid !== undefined && plan.account.gid !== undefined) await chown(cluster, plan.account.uid, plan.account.gid);
  // C.UTF-8 of PostgreSQL itself: the same order and the same letters on every machine, whatever its libraries. French order is asked for by COLLATE.
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8'];
  const sync = plan.durable ? [] : ['--no-sync'];
  const args = ['-D', folderAsSeenBy(plan.account, cluster), '-U', ROLE, '--auth=reject', '--no-instructions', ...locale, ...sync];
  await finish(plan, cluster, plan.binaries.initdb, args);
  await writeFile(join(cluster, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
}

/** Drafts of starts that were killed; what can't go now (its initdb may still be dying) goes another time. */
async function removeDrafts(cluster: string): Promise<void> {
  for (const name of await readdir(dirname(cluster))) {
    if (!name.startsWith(`${basename(cluster)}.new-`)) continue;
    await rm(join(dirname(cluster), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/**
 * Makes the cluster when there is none, and gives its password. It is made beside its place and renamed once whole: a start that was killed halfway
 * leaves nothing that the next one would take for data.
 * @throws UnusableCluster
 */
export async function ensureCluster(plan: ClusterPlan): Promise<string> {
  const passwordFile = join(dirname(plan.cluster), 'postgres.password');
  const { password, known } = await keptPassword(passwordFile);
  const version = await readFile(join(plan.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version !== undefined && version.trim() !== MAJOR) {
    throw new UnusableCluster(
      `Les données de ${plan.cluster} viennent de PostgreSQL ${version.trim()}, et cette version de Bièvre lit celles de PostgreSQL ${MAJOR}.`,
    );
  }
  if (version !== undefined) {
    await chmod(plan.cluster, 0o700);
    if (!known) await setPassword(plan, plan.cluster, password);
    if (!known) await keepPassword(passwordFile, password);
    return password;
  }
  await removeDrafts(plan.cluster);
  const draft = `${plan.cluster}.new-${randomBytes(6).toString('hex')}`;
  await initialise(plan, draft);
  await setPassword(plan, draft, password);
  await keepPassword(passwordFile, password);
  await rename(draft, plan.cluster);
  return password;
}
