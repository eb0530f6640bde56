import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../../platform/queue/index.js';
import { ApplyChorusImport } from '../use-cases/apply-chorus-import.js';
import { PreviewChorusImport } from '../use-cases/preview-chorus-import.js';
import { ReverseChorusImport } from '../use-cases/reverse-chorus-import.js';

@Injectable()
export class ChorusImportsJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly preview: PreviewChorusImport,
    private readonly apply: ApplyChorusImport,
    private readonly reverse: ReverseChorusImport,
  ) {}

  onModuleInit(): void {
    this.registry.register('chorus-import.asked.v1', ({ payload }) => this.preview.execute(payload.operationId), 'imports');
    this.registry.register('chorus-import.confirmed.v1', ({ payload }) => this.apply.execute(payload.operationId), 'imports');
    this.registry.register('chorus-import.reversal-asked.v1', ({ payload }) => this.reverse.execute(payload.operationId), 'imports');
  }
}
