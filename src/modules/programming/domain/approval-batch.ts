import type { Money } from '../../../kernel/money.js';
import { Unprocessable } from '../../../kernel/errors.js';

export const BATCH_STATUSES = ['approved', 'awaiting-second-approval', 'refused'] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

export interface BatchedApproval {
  readonly lineId: string;
  /** The one that was read. */
  readonly version: number;
  readonly amountCents: Money;
}

/** What became of one line of a batch. */
export interface BatchedResult {
  readonly lineId: string;
  readonly status: BatchStatus;
  /** Of the line afterwards; of a refused one, its version when that is what was wrong. */
  readonly version: number | null;
  /** The rule that refused, and its sentence. */
  readonly code: string | null;
  readonly detail: string | null;
}

export class LineTwiceInBatch extends Unprocessable {
  constructor(position: number) {
    const sentence = 'Cette ligne est déjà dans ce lot : une ligne s’accorde une fois.';
    super('LINE_TWICE', sentence, [{ pointer: `/lines/${position}/lineId`, code: 'LINE_TWICE', detail: sentence }]);
  }
}

/** @throws LineTwiceInBatch */
export function assertOnceEach(lines: readonly Pick<BatchedApproval, 'lineId'>[]): void {
  const seen = new Set<string>();
  for (const [position, { lineId }] of lines.entries()) {
    if (seen.has(lineId)) throw new LineTwiceInBatch(position);
    seen.add(lineId);
  }
}
