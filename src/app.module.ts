import { Module, type DynamicModule } from '@nestjs/common';
import { TerritoryModule } from './modules/territory/index.js';
import { IdentityModule } from './modules/identity/index.js';
import { OrganisationsModule } from './modules/organisations/index.js';
import { FundingModule } from './modules/funding/index.js';
import { CallsModule } from './modules/calls/index.js';
import { DossiersModule } from './modules/dossiers/index.js';
import { InstructionModule } from './modules/instruction/index.js';
import { ProgrammingModule } from './modules/programming/index.js';
import { AgreementsModule } from './modules/agreements/index.js';
import { ReportingModule } from './modules/reporting/index.js';
import { NotificationsModule } from './modules/notifications/index.js';
import type { PlatformParts } from './platform/platform.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { FilesModule } from './platform/files/files.module.js';
import { QueueBoardModule } from './platform/queue-board/queue-board.module.js';
import { OutboxModule } from './platform/outbox/index.js';
import { UnitOfWork } from './platform/database/unit-of-work.js';
import { Metrics } from './platform/observability/metrics.js';

export interface AppParts extends PlatformParts {
  /** True in the process that works on the queue: the worker, or the API in embedded mode. */
  readonly works: boolean;
}

/** Composition: the platform, then the modules from the lowest to the highest. */
@Module({})
export class AppModule {
  static with(parts: AppParts): DynamicModule {
    const { environment, logger, works, databaseUrl } = parts;
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(parts),
        OutboxModule.registerAsync({
          inject: [UnitOfWork, Metrics],
          useFactory: (...injected: unknown[]) => {
            const [work, { jobs }] = injected as [UnitOfWork, Metrics];
            const database = { read: work.read, transaction: work.transaction.bind(work) };
            const count = (type: string, outcome: 'done' | 'failed') => jobs.inc({ type, outcome });
            return { redisUrl: environment.redisUrl, databaseUrl, log: logger, works, database, count };
          },
        }),
        QueueBoardModule.with(environment),
        FilesModule.with(environment),
        TerritoryModule,
        IdentityModule,
        OrganisationsModule,
        FundingModule,
        CallsModule,
        DossiersModule,
        InstructionModule,
        ProgrammingModule,
        AgreementsModule,
        ReportingModule,
        NotificationsModule,
      ],
    };
  }
}
