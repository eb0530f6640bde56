import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, Scheduler } from '../../../platform/queue/index.js';
import { PurgeIdentity } from '../use-cases/purge-identity.js';

const HOUR_MS = 3_600_000;

@Injectable()
export class PurgeIdentityJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
    private readonly purge: PurgeIdentity,
  ) {}

  onModuleInit(): void {
    this.registry.register('clock.purge-identity', () => this.purge.execute());
    this.scheduler.every('purge-identity', HOUR_MS, 'clock.purge-identity');
  }
}
