import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../kernel/page.js';
import type { Actor } from '../auth/actor.js';
import { Act, List } from '../http/operation.js';
import { Id, Me, Paging } from '../http/params.js';
import { DeadLetterResponse, DeadLettersQuery, DiscardRequest, toDeadLetterPage, toDeadLetterResponse } from './dead-letter.bodies.js';
import { DeadLetters } from './dead-letters.js';

const permission = 'dead-letter.manage';

@ApiTags('Travaux de fond')
@Controller('v1/admin/dead-letters')
export class DeadLettersController {
  constructor(private readonly letters: DeadLetters) {}

  @List('', { summary: 'Les travaux abandonnés, avec leur cause', permission, answers: DeadLetterResponse })
  list(@Query() { type, queue }: DeadLettersQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<DeadLetterResponse>> {
    return this.letters.list({ type, queue }, page, actor).then(toDeadLetterPage);
  }

  @Act(':id/replay', { summary: 'Reprendre un travail abandonné, aussitôt', permission, ifMatch: false, answers: DeadLetterResponse })
  replay(@Id() id: string, @Me() actor: Actor): Promise<DeadLetterResponse> {
    return this.letters.replay(id, actor).then(toDeadLetterResponse);
  }

  @Act(':id/discard', {
    summary: 'Écarter un travail abandonné : il ne sera pas fait',
    permission,
    ifMatch: false,
    answers: DeadLetterResponse,
  })
  discard(@Id() id: string, @Body() { reason }: DiscardRequest, @Me() actor: Actor): Promise<DeadLetterResponse> {
    return this.letters.discard(id, reason, actor).then(toDeadLetterResponse);
  }
}
