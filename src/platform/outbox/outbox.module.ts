import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type FactoryProvider,
  type ModuleMetadata,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { JobRegistry, QueueBackend, Scheduler } from '../queue/index.js';
import { DeadLetters } from './dead-letters.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { QueueRuntime, type RuntimeSettings } from './queue-runtime.js';

export interface OutboxModuleSettings extends RuntimeSettings {
  /** True in the process that works (worker, or API in embedded mode); false in an API that leaves the work to others. */
  readonly works: boolean;
}

const SETTINGS = Symbol('OutboxModuleSettings');

/**
 * Gives JobRegistry, Scheduler, QueueBackend and QueueRuntime to every module. Modules register in `onModuleInit`; the wiring is checked
 * and the work begins in `onApplicationBootstrap`.
 */
@Module({})
export class OutboxModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly runtime: QueueRuntime,
    @Inject(SETTINGS) private readonly settings: OutboxModuleSettings,
  ) {}

  static registerAsync(options: {
    imports?: ModuleMetadata['imports'];
    inject?: FactoryProvider['inject'];
    useFactory: FactoryProvider<OutboxModuleSettings>['useFactory'];
  }): DynamicModule {
    return {
      module: OutboxModule,
      global: true,
      imports: options.imports ?? [],
      controllers: [DeadLettersController],
      providers: [
        DeadLetters,
        { provide: SETTINGS, useFactory: options.useFactory, inject: options.inject ?? [] },
        { provide: QueueRuntime, useFactory: (settings: OutboxModuleSettings) => new QueueRuntime(settings), inject: [SETTINGS] },
        { provide: JobRegistry, useFactory: (runtime: QueueRuntime) => runtime.registry, inject: [QueueRuntime] },
        { provide: Scheduler, useFactory: (runtime: QueueRuntime) => runtime.scheduler, inject: [QueueRuntime] },
        { provide: QueueBackend, useFactory: (runtime: QueueRuntime) => runtime.backend, inject: [QueueRuntime] },
      ],
      exports: [QueueRuntime, JobRegistry, Scheduler, QueueBackend],
    };
  }

  onApplicationBootstrap(): void {
    this.runtime.check();
    if (this.settings.works) this.runtime.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.runtime.stop();
  }
}
