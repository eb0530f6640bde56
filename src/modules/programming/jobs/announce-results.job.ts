import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../../platform/queue/index.js';
import { AnnounceResults } from '../use-cases/announce-results.js';

@Injectable()
export class AnnounceResultsJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly announceResults: AnnounceResults,
  ) {}

  onModuleInit(): void {
    // Thousands of organisations, a transaction each: longer than events may take.
    this.registry.register('results.announcement-asked.v1', ({ payload }) => this.announceResults.execute(payload.operationId), 'exports');
  }
}
