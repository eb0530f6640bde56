import type { Operation } from '../operations/operations.js';
import { Instant, OneOf, Text, Uuid, WholeNumber } from './fields.js';

/** Long work that answered 202: how far it is. */
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
