import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { CallsModule } from '../calls/index.js';
import { FundingModule } from '../funding/index.js';
import { ProgrammingModule } from '../programming/index.js';
import { ACTS } from './acts.wiring.js';
import { AGREEMENTS_EVENTS } from './agreements.events.js';
import { CHORUS_IMPORT_EVENTS } from './chorus-import.events.js';
import { CPO_EVENTS } from './cpos.events.js';
import { CPOS } from './cpos.wiring.js';
import { PAYMENTS } from './payments.wiring.js';

@Module({
  imports: [FundingModule, CallsModule, ProgrammingModule],
  controllers: [...ACTS.controllers, ...CPOS.controllers, ...PAYMENTS.controllers],
  providers: [...ACTS.providers, ...CPOS.providers, ...PAYMENTS.providers],
  exports: [...ACTS.exports, ...CPOS.exports],
})
export class AgreementsModule implements OnModuleInit {
  constructor(private readonly registry: JobRegistry) {}

  onModuleInit(): void {
    this.registry.declare(...AGREEMENTS_EVENTS, ...CPO_EVENTS, ...CHORUS_IMPORT_EVENTS);
  }
}
