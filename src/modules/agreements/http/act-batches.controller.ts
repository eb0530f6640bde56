import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act } from '../../../platform/http/operation.js';
import { Me } from '../../../platform/http/params.js';
import { NotifyBatch } from '../use-cases/notify-batch.js';
import { SignBatch } from '../use-cases/sign-batch.js';
import { NotifyBatchRequest, SignBatchRequest } from './act-batches.requests.js';
import { ActBatchResponse } from './act-batches.responses.js';

const EACH_APART = 'Un acte refusé n’arrête pas les autres. La même Idempotency-Key reprend le lot où il en était, et ne refait rien.';
const BATCH = { description: EACH_APART, ifMatch: false, answers: ActBatchResponse, refusals: { 422: ['ACT_TWICE'] } } as const;

@ApiTags('Actes')
@Controller('v1/acts')
export class ActBatchesController {
  constructor(
    private readonly signBatch: SignBatch,
    private readonly notifyBatch: NotifyBatch,
  ) {}

  @Act('sign-batch', { summary: 'Signer plusieurs actes au nom du financeur, chacun à part', permission: 'act.sign', ...BATCH })
  sign(@Body() { items }: SignBatchRequest, @Me() actor: Actor): Promise<ActBatchResponse> {
    return this.signBatch.execute(items.map(canonical), actor).then((results) => ({ items: results }));
  }

  @Act('notify-batch', { summary: 'Notifier plusieurs actes signés, chacun à part', permission: 'act.notify', ...BATCH })
  notify(@Body() { items }: NotifyBatchRequest, @Me() actor: Actor): Promise<ActBatchResponse> {
    return this.notifyBatch.execute(items.map(canonical), actor).then((results) => ({ items: results }));
  }
}

/** As the database writes it: the same act in capitals is the same act. */
function canonical<Item extends { readonly actId: string }>(item: Item): Item {
  return { ...item, actId: item.actId.toLowerCase() };
}
