import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { FileStorage, type StoredContent } from './file-storage.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Contents in a folder of this machine, spread over 256 subfolders so that none grows out of hand. */
export class FolderStorage extends FileStorage {
  constructor(private readonly folder: string) {
    super();
  }

  async put(id: string, path: string): Promise<void> {
    const shelf = this.shelfOf(id);
    await mkdir(shelf, { recursive: true, mode: 0o700 });
    await settle(path);
    await rename(path, join(shelf, id));
    // The name must survive a power cut too.
    await settle(shelf);
  }

  async open(id: string): Promise<Readable> {
    return (await open(join(this.shelfOf(id), id))).createReadStream();
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.shelfOf(id), id), { force: true });
  }

  async *list(): AsyncIterable<StoredContent> {
    for (const shelf of await namesIn(this.folder)) {
      for (const id of await namesIn(join(this.folder, shelf))) {
        if (!ID.test(id)) continue;
        const found = await stat(join(this.folder, shelf, id)).catch(() => null);
        if (found) yield { id, storedAt: found.mtime };
      }
    }
  }

  /** The end of an id is random, its beginning is the date. */
  private shelfOf(id: string): string {
    return join(this.folder, id.slice(-2));
  }
}

async function settle(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
