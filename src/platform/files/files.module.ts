import { join } from 'node:path';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Environment } from '../../config/environment.js';
import { Clock } from '../../kernel/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Links } from '../http/links.js';
import { JobRegistry, Scheduler } from '../queue/index.js';
import { FileLinks } from './file-links.js';
import { FileStorage } from './file-storage.js';
import { FileRepository } from './file.repository.js';
import { FilesController } from './files.controller.js';
import { Files } from './files.js';
import { FileQueries } from './files.queries.js';
import { FolderStorage } from './folder-storage.js';
import { Incoming } from './incoming.js';
import { PurgeFiles } from './purge-files.js';
import { S3Storage } from './s3-storage.js';
import { UploadFile } from './upload-file.js';

/** Files sent by people: kept in a folder, or in a bucket when one is named. */
@Global()
@Module({})
export class FilesModule {
  static with({ dataDir, filesS3, secretFor }: Environment): DynamicModule {
    const folder = join(dataDir, 'files');
    const storage = filesS3 === undefined ? new FolderStorage(join(folder, 'kept')) : new S3Storage(filesS3);
    const incoming = new Incoming(join(folder, 'incoming'));
    const links = new FileLinks(secretFor('file-link'));
    return {
      module: FilesModule,
      controllers: [FilesController],
      providers: [
        { provide: FileStorage, useValue: storage },
        { provide: Incoming, useValue: incoming },
        FileRepository,
        {
          provide: Files,
          inject: [UnitOfWork, FileRepository, Links, Clock],
          useFactory: (work: UnitOfWork, files: FileRepository, addresses: Links, clock: Clock) =>
            new Files(work, files, storage, incoming, { links, addresses, clock }),
        },
        {
          provide: PurgeFiles,
          inject: [UnitOfWork, Clock, FileRepository, JobRegistry, Scheduler],
          useFactory: (work: UnitOfWork, clock: Clock, files: FileRepository, registry: JobRegistry, scheduler: Scheduler) =>
            new PurgeFiles(work, clock, files, { storage, incoming }, registry, scheduler),
        },
        ...[FileQueries, UploadFile],
      ],
      exports: [Files],
    };
  }
}
