import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { JobRegistry, Scheduler } from '../queue/index.js';
import { FileStorage, type StoredContent } from './file-storage.js';
import { FileRepository } from './file.repository.js';
import { Incoming } from './incoming.js';

const HOUR_MS = 3_600_000;
/** Hours that a file waits to be attached. What is younger may be on its way to its row. */
const KEPT_HOURS = 24;
const TOGETHER = 500;

/** Removes files that nobody attached, and contents that no file names: a crash between the content and its row leaves one. */
@Injectable()
export class PurgeFiles implements OnModuleInit {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly files: FileRepository,
    private readonly stores: { readonly storage: FileStorage; readonly incoming: Incoming },
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
  ) {}

  onModuleInit(): void {
    this.registry.register('clock.purge-files', () => this.execute());
    this.scheduler.every('purge-files', HOUR_MS, 'clock.purge-files');
  }

  async execute(): Promise<void> {
    const { storage, incoming } = this.stores;
    const limit = new Date(this.clock.now().getTime() - KEPT_HOURS * HOUR_MS);
    await incoming.purge(limit);
    for (let purged = TOGETHER; purged >= TOGETHER;) {
      // The row goes first: a crash then leaves an orphan, never a file without its content.
      const ids = await this.files.purgeUnattached(this.work.read, limit);
      for (const id of ids) await storage.remove(id);
      purged = ids.length;
    }
    let old: StoredContent[] = [];
    for await (const content of storage.list()) {
      if (content.storedAt < limit) old.push(content);
      if (old.length < TOGETHER) continue;
      await this.removeOrphans(old);
      old = [];
    }
    await this.removeOrphans(old);
  }

  private async removeOrphans(contents: readonly StoredContent[]): Promise<void> {
    const orphans = await this.files.unknownOf(
      this.work.read,
      contents.map(({ id }) => id),
    );
    for (const id of orphans) await this.stores.storage.remove(id);
  }
}
