import type { Page } from '../../kernel/page.js';
import { Instant, NestedList, OneOf, Text, Uuid, WholeNumber } from '../http/fields.js';
import { ListQuery } from '../http/paging.js';
import { QUEUES, type QueueName } from '../queue/index.js';
import type { QueuedDeadLetter } from './dead-letters.js';

export class DeadLettersQuery extends ListQuery {
  @Text({ max: 100, optional: true, description: 'Type d’événement', example: 'mail.due.v1' }) type?: string;
  @OneOf(QUEUES, { optional: true, description: 'File à laquelle il va' }) queue?: QueueName;
}

export class DiscardRequest {
  @Text({ max: 1000, description: 'Pourquoi ce travail ne sera pas fait' }) reason!: string;
}

export class DeadLetterReference {
  @Text({ max: 100, example: 'dossierId' }) name!: string;
  @Text({ max: 10_000 }) id!: string;
}

export class DeadLetterResponse {
  @Uuid() id!: string;
  @Text({ max: 100, example: 'mail.due.v1' }) type!: string;
  @OneOf(QUEUES, { nullable: true, description: 'Vide si cette version ne connaît pas ce type' }) queue!: QueueName | null;
  @NestedList(() => DeadLetterReference, { max: 100, description: 'Ce sur quoi il porte' }) references!: DeadLetterReference[];
  @WholeNumber({ min: 1, max: 2_147_483_647, description: 'Essais faits' }) tries!: number;
  @Text({ max: 300, description: 'Échec du dernier essai, sans rien de personnel' }) cause!: string;
  @Instant() occurredAt!: string;
  @Instant({ description: 'Quand il a été abandonné' }) deadAt!: string;
}

export function toDeadLetterResponse({ id, type, queue, payload, tries, cause, occurredAt, deadAt }: QueuedDeadLetter): DeadLetterResponse {
  const references = Object.entries(payload).flatMap(([name, value]) => [value].flat().map((one) => ({ name, id: String(one) })));
  return { id, type, queue, references, tries, cause, occurredAt: occurredAt.toISOString(), deadAt: deadAt.toISOString() };
}

export function toDeadLetterPage({ rows, ...rest }: Page<QueuedDeadLetter>): Page<DeadLetterResponse> {
  return { rows: rows.map(toDeadLetterResponse), ...rest };
}
