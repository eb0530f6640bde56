import { Global, Module } from '@nestjs/common';
import { ActorLoader } from '../../platform/auth/actor.js';
import { RightsLoader } from './persistence/rights.loader.js';

/** Global because it tells the platform who acts. */
@Global()
@Module({
  providers: [{ provide: ActorLoader, useClass: RightsLoader }],
  exports: [ActorLoader],
})
export class OrganisationsModule {}
