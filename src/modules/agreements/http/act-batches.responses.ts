import { NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { BATCHED_ACT_STATUSES, type BatchedActStatus } from '../domain/act-batch.js';

/** What became of one act of a batch. */
export class BatchedActResponse {
  @Uuid() actId!: string;
  @OneOf(BATCHED_ACT_STATUSES) status!: BatchedActStatus;
  @WholeNumber({ min: 1, max: 2_147_483_647, nullable: true, description: 'De l’acte ensuite, ou quand la vôtre était périmée' })
  version!: number | null;
  @Text({ max: 100, nullable: true, description: 'Code de la règle qui refuse' }) code!: string | null;
  @Text({ max: 1000, nullable: true }) detail!: string | null;
}

export class ActBatchResponse {
  @NestedList(() => BatchedActResponse, { max: 100 }) items!: readonly BatchedActResponse[];
}
