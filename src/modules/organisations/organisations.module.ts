import { Global, Module } from '@nestjs/common';
import { ActorLoader } from '../../platform/auth/actor.js';
import { RightsRepository } from './persistence/rights.repository.js';
import { RightsLoader } from './use-cases/rights.loader.js';

/** Global because it tells the platform who acts. */
@Global()
@Module({
  providers: [RightsRepository, { provide: ActorLoader, useClass: RightsLoader }],
  exports: [ActorLoader],
})
export class OrganisationsModule {}
