import { Module, type DynamicModule } from '@nestjs/common';
import type { Environment } from '../../config/environment.js';
import { Clock } from '../../kernel/clock.js';
import { AccessTokens } from '../auth/access-tokens.js';
import { ActorLoader } from '../auth/actor.js';
import { BoardPass } from './board-pass.js';
import { QueueBoardController } from './queue-board.controller.js';

/** The door of the board; the board itself is served by `serveQueueBoard`, where there is HTTP. */
@Module({})
export class QueueBoardModule {
  static with({ secretFor, publicUrl }: Environment): DynamicModule {
    const useFactory = (actors: ActorLoader, clock: Clock) =>
      new BoardPass(new AccessTokens(secretFor('queue-board')), actors, clock, publicUrl.startsWith('https://'));
    return {
      module: QueueBoardModule,
      controllers: [QueueBoardController],
      providers: [{ provide: BoardPass, useFactory, inject: [ActorLoader, Clock] }],
    };
  }
}
