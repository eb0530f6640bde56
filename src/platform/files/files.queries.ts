import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import type { Actor } from '../auth/actor.js';
import { Files, type FileLink } from './files.js';
import type { StoredFile } from './stored-file.js';

/** What who uploaded a file reads of it; other readers go through the object that it is attached to. */
@Injectable()
export class FileQueries {
  constructor(private readonly files: Files) {}

  /** @throws NotFound when it is not the actor's */
  async get(id: string, actor: Actor): Promise<StoredFile> {
    const file = await this.files.describe(id);
    if (file.uploadedBy !== actor.id) throw new NotFound();
    return file;
  }

  /** @throws NotFound when it is not the actor's */
  async link(id: string, actor: Actor): Promise<FileLink> {
    await this.get(id, actor);
    return this.files.link(id);
  }
}
