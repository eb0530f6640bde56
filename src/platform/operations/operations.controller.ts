import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../auth/actor.js';
import { Instant, OneOf, Text, Uuid, WholeNumber } from '../http/fields.js';
import { Act, Read } from '../http/operation.js';
import { Id, Me } from '../http/params.js';
import { Operations, type Operation } from './operations.js';

export class OperationResponse {
  @Uuid() id!: string;
  @Text({ max: 100 }) kind!: string;
  @OneOf(['queued', 'running', 'done', 'failed', 'cancelled']) state!: Operation['state'];
  @WholeNumber({ min: 0, max: 2_147_483_647 }) done!: number;
  @WholeNumber({ min: 0, max: 2_147_483_647, nullable: true }) total!: number | null;
  @WholeNumber({ min: 0, max: 100 }) percent!: number;
  @Text({ max: 500, nullable: true }) resultPath!: string | null;
  @Text({ max: 2000, nullable: true }) failure!: string | null;
  @Instant() createdAt!: string;
  @Instant({ nullable: true }) finishedAt!: string | null;
}

export function toOperationResponse(operation: Operation): OperationResponse {
  const { done, total, state } = operation;
  const percent = state === 'done' ? 100 : total === null || total === 0 ? 0 : Math.floor((done * 100) / total);
  return { ...operation, percent, createdAt: operation.createdAt.toISOString(), finishedAt: operation.finishedAt?.toISOString() ?? null };
}

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
