import { Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../kernel/clock.js';
import { AccessTokens } from '../auth/access-tokens.js';
import type { Actor } from '../auth/actor.js';
import { authorizeCreation } from '../auth/authorizer.js';
import { INSTANCE } from '../auth/perimeter.js';
import { Act } from '../http/operation.js';
import { Me } from '../http/params.js';
import { BoardPass } from './board-pass.js';

@ApiTags('Travaux de fond')
@Controller('v1/admin/queues-board')
export class QueueBoardController {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly pass: BoardPass,
    private readonly clock: Clock,
  ) {}

  @Act('session', {
    summary: 'Ouvrir le tableau des files dans ce navigateur, pour un quart d’heure',
    description: 'Pose un cookie qui ne vaut que pour /admin/queues, où le tableau se lit.',
    permission: 'queue.watch',
    ifMatch: false,
    idempotent: false,
    status: 204,
  })
  async open(@Me() actor: Actor, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    authorizeCreation(actor, 'queue.watch', [INSTANCE]);
    // Good: the guard has read it already.
    const token = (request.headers.authorization ?? '').replace(/^Bearer /i, '');
    void reply.header('set-cookie', await this.pass.cookieFor(await this.tokens.verify(token, this.clock.now())));
  }
}
