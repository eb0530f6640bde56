import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../../platform/queue/index.js';
import { PrepareActs } from '../use-cases/prepare-acts.js';

@Injectable()
export class PrepareActsJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly prepareActs: PrepareActs,
  ) {}

  onModuleInit(): void {
    this.registry.register('acts.preparation-asked.v1', ({ payload }) => this.prepareActs.execute(payload.operationId), 'documents');
  }
}
