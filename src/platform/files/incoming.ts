import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { newId } from '../../kernel/id.js';
import { EmptyFile, FileTooLarge, NotOfItsType } from './file.errors.js';
import { HEAD_BYTES, isOfType } from './magic-number.js';

/** A file received whole, and checked. */
export interface ReceivedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: Buffer;
}

export interface Expected {
  readonly mediaType: string;
  readonly maxBytes: number;
}

/** Where a file is written while it comes in: nobody knows it before it is complete and found right. */
export class Incoming {
  constructor(private readonly folder: string) {}

  /**
   * Writes what comes in to a file of its own, a chunk at a time, and stops at the first chunk that is one too many. Nothing is left of what is
   * refused or breaks off. @throws FileTooLarge, EmptyFile, NotOfItsType
   */
  async receive(content: Readable, { mediaType, maxBytes }: Expected): Promise<ReceivedFile> {
    const path = await this.place();
    try {
      const hash = createHash('sha256');
      let sizeBytes = 0;
      let head = Buffer.alloc(0);
      const file = await open(path, 'wx', 0o600);
      try {
        // Leaving the loop must not cut the connection: the refusal still has to be answered on it.
        for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          sizeBytes += chunk.length;
          if (sizeBytes > maxBytes) throw new FileTooLarge(maxBytes);
          if (head.length < HEAD_BYTES) {
            head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)]);
            if (head.length >= HEAD_BYTES && !isOfType(mediaType, head)) throw new NotOfItsType(mediaType);
          }
          hash.update(chunk);
          await file.writeFile(chunk);
        }
      } finally {
        await file.close();
      }
      if (sizeBytes === 0) throw new EmptyFile();
      if (!isOfType(mediaType, head)) throw new NotOfItsType(mediaType);
      return { path, sizeBytes, sha256: hash.digest() };
    } catch (error) {
      await this.discard(path);
      throw error;
    }
  }

  /** A new path in this folder, with nothing at it. */
  async place(): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return join(this.folder, newId());
  }

  /** Nothing happens when the file was moved. */
  async discard(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  /** Removes what a crash left here before `limit`. Gives how many. */
  async purge(limit: Date): Promise<number> {
    let purged = 0;
    for (const name of await readdir(this.folder).catch(() => [])) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => null);
      if (!found || found.mtime >= limit) continue;
      await this.discard(path);
      purged++;
    }
    return purged;
  }
}
