import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The search path of the system's own commands; the caller's environment is never handed down (PG* variables would change the server). */
export const SYSTEM_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };

/** The system account that PostgreSQL runs as; empty for that of this process. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** Nobody usable to run PostgreSQL as; the message tells what to do. */
export class NoAccountForPostgres extends Error {
  override readonly name = 'NoAccountForPostgres';
}

async function accountNamed(name: string): Promise<Account | undefined> {
  try {
    const ids = ['-u', '-g'].map(async (which) => Number((await run('id', [which, name], { env: SYSTEM_ENVIRONMENT })).stdout));
    const [uid, gid] = await Promise.all(ids);
    return uid === undefined || gid === undefined ? undefined : { uid, gid };
  } catch {
    return undefined;
  }
}

async function createAccount(name: string): Promise<Account | undefined> {
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name], {
      env: SYSTEM_ENVIRONMENT,
    });
  } catch {
    return undefined;
  }
  return accountNamed(name);
}

/**
 * PostgreSQL refuses to run as root. Then it runs as whoever owns the data already, so that a data folder stays usable when the machine's
 * accounts change; the first time as `postgres`, as an account made for it, or as `nobody`.
 * @throws NoAccountForPostgres when the data belongs to someone else, or when root can't become anyone
 */
export async function accountFor(cluster: string): Promise<Account> {
  const self = process.getuid?.();
  if (self === undefined) return {};
  const owner = await stat(cluster).catch(() => undefined);
  if (self !== 0) {
    if (owner !== undefined && owner.uid !== self) {
      throw new NoAccountForPostgres(
        `Le dossier ${cluster} appartient au compte n° ${owner.uid} : lancez Bièvre avec le compte qui l'a créé, ou donnez un autre dossier par DATA_DIR.`,
      );
    }
    return {};
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = (await accountNamed('postgres')) ?? (await createAccount('bievre')) ?? (await accountNamed('nobody'));
  if (account?.uid === undefined || account.uid === 0) {
    throw new NoAccountForPostgres(
      'PostgreSQL refuse de tourner en root, et aucun compte « postgres » ne peut être trouvé ni créé : lancez Bièvre avec un compte ordinaire.',
    );
  }
  return account;
}
