import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule, ModuleRef } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { Environment } from '../config/environment.js';
import { Clock } from '../kernel/clock.js';
import { AccessTokens } from './auth/access-tokens.js';
import { SignInGuard } from './auth/sign-in.guard.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { Health } from './health/health.js';
import { HealthController } from './health/health.controller.js';
import { Links } from './http/links.js';
import { Cursors } from './http/paging.js';
import { Pipeline } from './http/pipeline.js';
import { LOGGER, type Logger } from './observability/logger.js';
import { Metrics } from './observability/metrics.js';
import { OneTimeTokens } from './auth/one-time-tokens.js';
import { OperationsController } from './operations/operations.controller.js';
import { Operations } from './operations/operations.js';

export interface PlatformParts {
  readonly environment: Environment;
  readonly source: DataSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The outside world, made once and given to every module. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(private readonly modules: ModuleRef) {}

  static with({ environment, source, clock, logger }: PlatformParts): DynamicModule {
    return {
      module: PlatformModule,
      imports: [DiscoveryModule],
      controllers: [HealthController, OperationsController],
      providers: [
        { provide: DataSource, useValue: source },
        { provide: Clock, useValue: clock },
        { provide: LOGGER, useValue: logger },
        { provide: UnitOfWork, useFactory: () => new UnitOfWork(source, clock) },
        { provide: Cursors, useFactory: () => new Cursors(environment.secretFor('cursor')) },
        { provide: AccessTokens, useFactory: () => new AccessTokens(environment.secretFor('access-token')) },
        { provide: OneTimeTokens, useFactory: () => new OneTimeTokens(environment.secretFor('one-time-token')) },
        { provide: Links, useFactory: () => new Links(environment.publicUrl) },
        { provide: Metrics, useFactory: () => new Metrics() },
        Operations,
        Health,
        { provide: APP_GUARD, useClass: SignInGuard },
        { provide: APP_INTERCEPTOR, useClass: Pipeline },
      ],
      exports: [DataSource, Clock, LOGGER, UnitOfWork, Cursors, AccessTokens, OneTimeTokens, Links, Metrics, Operations],
    };
  }

  /** Last to close: jobs and requests are done by now. */
  async onApplicationShutdown(): Promise<void> {
    const source = this.modules.get(DataSource, { strict: false });
    if (source.isInitialized) await source.destroy();
  }
}
