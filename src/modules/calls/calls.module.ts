import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { TerritoryModule } from '../territory/index.js';
import { CALLS_EVENTS } from './calls.events.js';
import { CallsController } from './http/calls.controller.js';
import { ExtensionsController } from './http/extensions.controller.js';
import { CallRepository } from './persistence/call.repository.js';
import { Calls } from './persistence/calls.reader.js';
import { ExtensionRepository } from './persistence/extension.repository.js';
import { CallQueries } from './use-cases/call.queries.js';
import { CallStages } from './use-cases/call-stages.js';
import { ChangeCall } from './use-cases/change-call.js';
import { CloseCall } from './use-cases/close-call.js';
import { CreateCall } from './use-cases/create-call.js';
import { GrantExtension } from './use-cases/grant-extension.js';
import { Orientations } from './use-cases/orientations.js';
import { PublishCall } from './use-cases/publish-call.js';

@Module({
  imports: [TerritoryModule],
  controllers: [CallsController, ExtensionsController],
  providers: [
    CallRepository,
    ExtensionRepository,
    Calls,
    CallQueries,
    CallStages,
    Orientations,
    CreateCall,
    ChangeCall,
    PublishCall,
    CloseCall,
    GrantExtension,
  ],
  exports: [Calls, CallStages, CreateCall, PublishCall],
})
export class CallsModule implements OnModuleInit {
  constructor(private readonly registry: JobRegistry) {}

  onModuleInit(): void {
    this.registry.declare(...CALLS_EVENTS);
  }
}
