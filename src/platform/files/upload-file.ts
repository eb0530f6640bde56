import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/id.js';
import type { Actor } from '../auth/actor.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { FileTooLarge, UnusableFileName, WrongMediaType } from './file.errors.js';
import { safeFileName } from './file-name.js';
import { PURPOSE_RULES, type FilePurpose } from './file-purpose.js';
import { FileStorage } from './file-storage.js';
import { FileRepository } from './file.repository.js';
import { Incoming } from './incoming.js';
import type { StoredFile } from './stored-file.js';

export interface UploadFileCommand {
  readonly purpose: FilePurpose;
  readonly name: string;
  /** As declared by Content-Type, without its parameters. */
  readonly mediaType: string;
  /** By Content-Length; null when the size is not told in advance. */
  readonly declaredBytes: number | null;
  readonly content: Readable;
}

/** Takes a file in: received and checked whole, then stored, and only then known. */
@Injectable()
export class UploadFile {
  constructor(
    private readonly work: UnitOfWork,
    private readonly files: FileRepository,
    private readonly storage: FileStorage,
    private readonly incoming: Incoming,
  ) {}

  /** @throws WrongMediaType, UnusableFileName, FileTooLarge, EmptyFile, NotOfItsType */
  async execute(command: UploadFileCommand, actor: Actor): Promise<StoredFile> {
    try {
      return await this.take(command, actor);
    } finally {
      // What was not read of a refused file is let through, or its sender would never read the answer.
      command.content.resume();
    }
  }

  private async take({ purpose, name, mediaType, declaredBytes, content }: UploadFileCommand, actor: Actor): Promise<StoredFile> {
    const rules = PURPOSE_RULES[purpose];
    const { maxBytes } = rules;
    if (!rules.mediaTypes.includes(mediaType)) throw new WrongMediaType(rules);
    const safeName = safeFileName(name);
    if (safeName === null) throw new UnusableFileName();
    if (declaredBytes !== null && declaredBytes > maxBytes) throw new FileTooLarge(maxBytes);
    const { path, sizeBytes, sha256 } = await this.incoming.receive(content, { mediaType, maxBytes });
    const id = newId();
    try {
      await this.storage.put(id, path, sizeBytes);
    } finally {
      await this.incoming.discard(path);
    }
    // A crash from here on leaves a content that no file names: the purge removes it.
    return this.work.run(actor, async (tx) => {
      const about = { name: safeName, mediaType, sizeBytes: BigInt(sizeBytes), sha256: sha256.toString('hex'), purpose };
      const file: StoredFile = { id, ...about, uploadedBy: actor.id, createdAt: tx.at };
      await this.files.insert(tx.query, file);
      tx.audit('file.uploaded', { type: 'file', id }, null, about);
      return file;
    });
  }
}
