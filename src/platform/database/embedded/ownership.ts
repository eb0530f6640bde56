import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { birthOf } from './processes.js';

/** Another live process already runs the PostgreSQL of this data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
  constructor(dataDir: string, pid: number) {
    super(
      `Un autre Bièvre (processus ${pid}) se sert déjà du dossier de données ${dataDir}. Arrêtez-le d'abord, ou donnez un autre dossier par la variable DATA_DIR.`,
    );
  }
}

interface Owner {
  readonly pid: number;
  readonly birth: string;
}

function parse(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}

/**
 * Takes the data folder for this process, until the release returned is called or the process dies.
 * Node has no file lock that dies with its holder: the holder's number and birth are written down instead, and checked.
 * @throws DataFolderInUse
 */
export async function takeOwnership(dataDir: string): Promise<() => Promise<void>> {
  const file = join(dataDir, 'postgres.owner');
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, JSON.stringify({ pid: process.pid, birth: await birthOf(process.pid) }));
  try {
    // A link never replaces what is there and shows the content whole: of two that start together, one fails.
    for (;;) {
      try {
        await link(draft, file);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      await removeIfDead(dataDir, file);
    }
  } finally {
    await rm(draft, { force: true });
  }
  return () => rm(file, { force: true });
}

async function removeIfDead(dataDir: string, file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const owner = parse(text);
  const birth = owner && (await birthOf(owner.pid));
  if (owner !== undefined && birth !== undefined && birth === owner.birth) throw new DataFolderInUse(dataDir, owner.pid);
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  await rename(file, aside).catch(() => undefined);
  // Someone quicker may have replaced the dead owner just before the rename: then its place is given back.
  const moved = await readFile(aside, 'utf8').catch(() => text);
  if (moved !== text) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}
