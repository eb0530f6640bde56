import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../../platform/queue/index.js';
import { AbandonEndedNegotiations } from '../use-cases/abandon-ended-negotiations.js';

@Injectable()
export class EndedLinesJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly abandonEndedNegotiations: AbandonEndedNegotiations,
  ) {}

  onModuleInit(): void {
    this.registry.register('funding-lines.ended.v1', ({ payload }) => this.abandonEndedNegotiations.execute(payload.lineIds));
  }
}
