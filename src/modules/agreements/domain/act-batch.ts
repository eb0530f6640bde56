import { Unprocessable } from '../../../kernel/errors.js';

/** What is done to many acts at once. */
export const ACT_BATCH_VERBS = ['sign', 'notify'] as const;
export type ActBatchVerb = (typeof ACT_BATCH_VERBS)[number];

export const BATCHED_ACT_STATUSES = ['done', 'refused'] as const;
export type BatchedActStatus = (typeof BATCHED_ACT_STATUSES)[number];

export interface BatchedAct {
  readonly actId: string;
  /** The one that was read. */
  readonly version: number;
}

/** What became of one act of a batch. */
export interface BatchedActResult {
  readonly actId: string;
  readonly status: BatchedActStatus;
  /** Of the act afterwards; of a refused one, its version when that is what was wrong. */
  readonly version: number | null;
  /** The rule that refused, and its sentence. */
  readonly code: string | null;
  readonly detail: string | null;
}

export class ActTwiceInBatch extends Unprocessable {
  constructor(position: number) {
    const sentence = 'Cet acte est déjà dans ce lot : un acte se signe et se notifie une fois.';
    super('ACT_TWICE', sentence, [{ pointer: `/items/${position}/actId`, code: 'ACT_TWICE', detail: sentence }]);
  }
}

/** @throws ActTwiceInBatch */
export function assertEachActOnce(items: readonly Pick<BatchedAct, 'actId'>[]): void {
  const seen = new Set<string>();
  for (const [position, { actId }] of items.entries()) {
    if (seen.has(actId)) throw new ActTwiceInBatch(position);
    seen.add(actId);
  }
}
