import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { FundingLines, reversePayment } from '../../funding/index.js';
import { foldDecisions } from '../domain/chorus-application.js';
import { type ChorusImport, nextImportState } from '../domain/chorus-import.js';
import { ChorusRowRepository, type ChorusRow } from '../persistence/chorus-row.repository.js';
import { PaymentRepository } from '../persistence/payment.repository.js';
import { ChorusBatches, type ChorusWork } from './chorus-batches.js';

/** Undoes what an import applied, in batches as `ApplyChorusImport` applies it. What a line's state no longer allows stays, and is said. */
@Injectable()
export class ReverseChorusImport {
  constructor(
    private readonly batches: ChorusBatches,
    private readonly rows: ChorusRowRepository,
    private readonly lines: FundingLines,
    private readonly payments: PaymentRepository,
  ) {}

  execute(operationId: string): Promise<void> {
    return this.batches.goThrough(operationId, {
      ...{ during: 'reversing', status: 'applied' },
      carryOut: (tx, by, found, rows) => this.undo(tx, by, found, rows),
      end: (tx, before) => this.end(tx, before),
    });
  }

  private async end(tx: Tx, before: ChorusImport): ReturnType<ChorusWork['end']> {
    const left = await this.rows.count(tx.query, before.id, 'applied');
    const failure = left === 0 ? null : `${left} ligne(s) n’ont pas pu être annulées : leur raison est sur chacune.`;
    const state = nextImportState(before.state, left === 0 ? 'finish-reversal' : 'leave-some');
    for (const undone of await this.rows.takeTold(tx, before.id)) tx.tell('payments.reversed.v1', undone);
    return { after: { ...before, state, version: before.version + 1, failure }, act: 'chorus-import.reversed', failure };
  }

  private async undo(tx: Tx, by: Actor, { id, reversalReason }: ChorusImport, rows: readonly ChorusRow[]): Promise<void> {
    const reason = reversalReason ?? '';
    const hands = await this.lines.lockAllForInstruction(tx, [...new Set(rows.flatMap(({ lineId }) => lineId ?? []))]);
    const folds = hands
      .filter(({ line }) => !by.recusedFrom.has(line.organisationId))
      .map(({ line }) => {
        const own = rows.filter(({ lineId }) => lineId === line.id);
        return {
          line,
          ...foldDecisions(line, own, (current, { amountCents }) => reversePayment(current, (amountCents ?? 0n) as Money, reason)),
        };
      });
    this.batches.carryOut(tx, by, 'funding-line.payment-reversed', folds, ({ paymentId }) => ({ id: paymentId, reason }));
    const undone = folds.flatMap(({ done }) => done);
    this.payments.reverse(
      tx,
      undone.flatMap(({ paymentId }) => paymentId ?? []),
      by.id,
      reason,
    );
    const recused = 'Vous êtes en déport sur cette structure.';
    const refused = folds.flatMap((fold) => fold.refused.map(({ row, reason: why }) => ({ ...row, reason: why })));
    const kept = rows.filter((row) => !folds.some(({ line }) => line.id === row.lineId)).map((row) => ({ ...row, reason: recused }));
    this.rows.save(tx, id, [...refused, ...kept]);
  }
}
