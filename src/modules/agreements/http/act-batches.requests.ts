import { NestedList, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { NotifyActRequest, SignActRequest } from './acts.requests.js';

export class BatchedSignatureRequest extends SignActRequest {
  @Uuid() actId!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647, description: 'Version lue de l’acte' }) version!: number;
}

export class SignBatchRequest {
  @NestedList(() => BatchedSignatureRequest, { min: 1, max: 100 }) items!: BatchedSignatureRequest[];
}

export class BatchedNotificationRequest extends NotifyActRequest {
  @Uuid() actId!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647, description: 'Version lue de l’acte' }) version!: number;
}

export class NotifyBatchRequest {
  @NestedList(() => BatchedNotificationRequest, { min: 1, max: 100 }) items!: BatchedNotificationRequest[];
}
