import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../auth/actor.js';
import { Act, Read } from '../http/operation.js';
import { Id, Me } from '../http/params.js';
import { OperationResponse, toOperationResponse } from '../http/operation.response.js';
import { Operations } from './operations.js';

@ApiTags('Opérations')
@Controller('v1/operations')
export class OperationsController {
  constructor(private readonly operations: Operations) {}

  @Read(':id', { summary: 'Suivre un travail long', permission: 'signed-in', answers: OperationResponse, refusals: { 404: ['NOT_FOUND'] } })
  get(@Id() id: string, @Me() actor: Actor): Promise<OperationResponse> {
    return this.operations.get(id, actor).then(toOperationResponse);
  }

  @Act(':id/cancel', {
    summary: 'Arrêter un travail long',
    permission: 'signed-in',
    ifMatch: false,
    answers: OperationResponse,
    refusals: { 404: ['NOT_FOUND'] },
  })
  cancel(@Id() id: string, @Me() actor: Actor): Promise<OperationResponse> {
    return this.operations.cancel(id, actor).then(toOperationResponse);
  }
}
