import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { NotFound } from '../../kernel/errors.js';
import type { Actor } from '../auth/actor.js';
import { UnitOfWork, type Tx } from '../database/unit-of-work.js';
import { Links } from '../http/links.js';
import { FileAlreadyUsed, UnknownFile, WrongPurpose } from './file.errors.js';
import { FileLinks } from './file-links.js';
import { FileStorage } from './file-storage.js';
import { FileRepository } from './file.repository.js';
import { Incoming } from './incoming.js';
import type { FileOwner, StoredFile } from './stored-file.js';

/** A link to a content, for whoever is given it. */
export interface FileLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * Files, for the modules: attach one that someone uploaded to the object it is for, then, once the reader of that object is authorized, give
 * them a link to it.
 */
@Injectable()
export class Files {
  constructor(
    private readonly work: UnitOfWork,
    private readonly files: FileRepository,
    private readonly storage: FileStorage,
    private readonly incoming: Incoming,
    private readonly signing: { readonly links: FileLinks; readonly addresses: Links; readonly clock: Clock },
  ) {}

  /** From now on the file lasts as long as its owner. @throws UnknownFile when it is not the actor's, WrongPurpose, FileAlreadyUsed */
  async attach(tx: Tx, fileId: string, owner: FileOwner, actor: Actor): Promise<StoredFile> {
    const locked = await this.files.lock(tx.query, fileId);
    if (!locked || locked.uploadedBy !== actor.id) throw new UnknownFile();
    const { isAttached, ...file } = locked;
    if (file.purpose !== owner.purpose) throw new WrongPurpose(owner.purpose);
    if (isAttached) throw new FileAlreadyUsed();
    await this.files.attach(tx.query, fileId, owner);
    return file;
  }

  /** What is known of a file, for who may read what it is attached to. @throws NotFound */
  async describe(fileId: string): Promise<StoredFile> {
    const file = await this.files.find(this.work.read, fileId);
    if (!file) throw new NotFound();
    return file;
  }

  /** A link that lasts five minutes. Authorize first: it opens to whoever holds it. */
  link(fileId: string): FileLink {
    const { links, addresses, clock } = this.signing;
    const { path, expiresAt } = links.to(fileId, clock.now());
    return { url: addresses.to(path), expiresAt };
  }

  /** The content named by a link. @throws NotFound, LinkExpired */
  async openLink(fileId: string, expires: number, signature: string): Promise<{ readonly file: StoredFile; readonly content: Readable }> {
    this.signing.links.assertValid(fileId, expires, signature, this.signing.clock.now());
    const file = await this.describe(fileId);
    return { file, content: await this.storage.open(fileId) };
  }

  /** Lends the content as a file of this machine, for who reads it here and there; it is gone when `read` ends. */
  async onDisk<Result>(fileId: string, read: (path: string) => Promise<Result>): Promise<Result> {
    const path = await this.incoming.place();
    try {
      await pipeline(await this.storage.open(fileId), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      return await read(path);
    } finally {
      await this.incoming.discard(path);
    }
  }
}
