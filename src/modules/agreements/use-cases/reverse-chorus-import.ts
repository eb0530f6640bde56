import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { Operations, type ResumedOperation } from '../../../platform/operations/operations.js';
import { FundingLines, reversePayment } from '../../funding/index.js';
import { foldDecisions } from '../domain/chorus-application.js';
import { type ChorusImport, nextImportState } from '../domain/chorus-import.js';
import { ChorusImportRepository } from '../persistence/chorus-import.repository.js';
import { ChorusRowRepository, type ChorusRow } from '../persistence/chorus-row.repository.js';
import { PaymentRepository } from '../persistence/payment.repository.js';
import { askedBy, auditedImport, type AskedParameters } from './chorus-import-rights.js';
import { auditedPaid } from './payment-rights.js';

const TOGETHER = 100;

/** Undoes what an import applied, a hundred rows at a time, as `ApplyChorusImport` applies it. What a line's state no longer allows stays, and is said. */
@Injectable()
export class ReverseChorusImport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly operations: Operations,
    private readonly imports: ChorusImportRepository,
    private readonly rows: ChorusRowRepository,
    private readonly lines: FundingLines,
    private readonly payments: PaymentRepository,
  ) {}

  async execute(operationId: string): Promise<void> {
    const operation = await this.work.transaction((query) => this.operations.resume(query, operationId));
    if (!operation) return;
    const total = operation.done + (await this.rows.count(this.work.read, operation.subjectId, 'applied'));
    let [after, done]: [string | null, number] = [null, operation.done];
    for (;;) {
      const rows: readonly ChorusRow[] = await this.batch(operationId, operation, after, { done, total });
      const last = rows.at(-1);
      if (!last) return;
      done += rows.length;
      after = last.id;
    }
  }

  private batch(
    operationId: string,
    { subjectId, parameters, createdBy }: ResumedOperation,
    from: string | null,
    { done, total }: { done: number; total: number },
  ): Promise<readonly ChorusRow[]> {
    const by = askedBy(createdBy, parameters as AskedParameters);
    return this.work.run(by, async (tx) => {
      await this.imports.alone(tx.query);
      if (!(await this.operations.resume(tx.query, operationId))) return [];
      const before = await this.imports.lock(tx.query, subjectId);
      const rows = before.state === 'reversing' ? await this.rows.lockNext(tx.query, subjectId, 'applied', from, TOGETHER) : [];
      if (rows.length === 0) await this.finish(tx, operationId, before);
      else {
        await this.undo(tx, by, before, rows);
        await this.operations.progress(tx.query, operationId, done + rows.length, Math.max(total, done + rows.length));
      }
      return rows;
    });
  }

  private async finish(tx: Tx, operationId: string, before: ChorusImport): Promise<void> {
    const resultPath = `/v1/chorus-imports/${before.id}`;
    if (before.state !== 'reversing') {
      await this.operations.finish(tx.query, operationId, { resultPath }, tx.at);
      return;
    }
    const left = await this.rows.count(tx.query, before.id, 'applied');
    const failure = left === 0 ? null : `${left} ligne(s) n’ont pas pu être annulées : leur raison est sur chacune.`;
    const state = nextImportState(before.state, left === 0 ? 'finish-reversal' : 'leave-some');
    const after: ChorusImport = { ...before, state, version: before.version + 1, failure };
    this.imports.save(tx, after);
    await this.operations.finish(tx.query, operationId, failure === null ? { resultPath } : { resultPath, failure }, tx.at);
    tx.audit('chorus-import.reversed', { type: 'chorus-import', id: before.id }, auditedImport(before), auditedImport(after));
    for (const undone of await this.rows.takeTold(tx, before.id)) tx.tell('payments.reversed.v1', undone);
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
    const moved = folds.filter(({ done }) => done.length > 0);
    const saved = this.lines.carryOutTogether(
      tx,
      by,
      moved.map(({ line, after, movements }) => ({ line, decision: { after, movements } })),
    );
    for (const [place, after] of saved.entries()) {
      const fold = moved[place];
      if (!fold) continue;
      const payments = fold.done.map(({ paymentId }) => ({ id: paymentId, reason }));
      const object = { type: 'funding-line', id: after.id };
      tx.audit('funding-line.payment-reversed', object, auditedPaid(fold.line), { ...auditedPaid(after), payments });
    }
    const undone = moved.flatMap(({ done }) => done);
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
