import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Money } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { type Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { Operations, type ResumedOperation } from '../../../platform/operations/operations.js';
import { FundingLines, pay, type FundingLine, type LineInHand } from '../../funding/index.js';
import { foldDecisions } from '../domain/chorus-application.js';
import { type ChorusImport, nextImportState } from '../domain/chorus-import.js';
import { assertPaidOn, type Payment } from '../domain/payment.js';
import { ChorusImportRepository } from '../persistence/chorus-import.repository.js';
import { ChorusRowRepository, type ChorusRow } from '../persistence/chorus-row.repository.js';
import { PaymentRepository } from '../persistence/payment.repository.js';
import { askedBy, auditedImport, type AskedParameters } from './chorus-import-rights.js';
import { auditedPaid } from './payment-rights.js';

const TOGETHER = 100;

/** A row with the payment that it becomes. */
interface Paid {
  readonly row: ChorusRow;
  readonly payment: Payment;
}

/**
 * Applies the matched rows of an import, a hundred at a time, each batch whole in its transaction: a crash or a cancellation leaves batches that
 * are applied and others that wait, and running again goes on with those. What the rules of a line refuse by now is left aside, with why.
 */
@Injectable()
export class ApplyChorusImport {
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
    const total = operation.done + (await this.rows.count(this.work.read, operation.subjectId, 'matched'));
    let done = operation.done;
    for (;;) {
      const count = await this.batch(operationId, operation, done, total);
      if (count === 0) return;
      done += count;
    }
  }

  /** Gives how many rows it went through: none when all is done, or the import is no longer to be applied. */
  private batch(operationId: string, { subjectId, parameters, createdBy }: ResumedOperation, done: number, total: number): Promise<number> {
    const by = askedBy(createdBy, parameters as AskedParameters);
    return this.work.run(by, async (tx) => {
      await this.imports.alone(tx.query);
      // Holds the operation until the commit: a cancellation falls between two batches.
      if (!(await this.operations.resume(tx.query, operationId))) return 0;
      const before = await this.imports.lock(tx.query, subjectId);
      const rows = before.state === 'applying' ? await this.rows.lockNext(tx.query, subjectId, 'matched', null, TOGETHER) : [];
      if (rows.length === 0) {
        await this.finish(tx, operationId, before);
        return 0;
      }
      await this.apply(tx, by, before, rows);
      await this.operations.progress(tx.query, operationId, done + rows.length, Math.max(total, done + rows.length));
      return rows.length;
    });
  }

  private async finish(tx: Tx, operationId: string, before: ChorusImport): Promise<void> {
    await this.operations.finish(tx.query, operationId, { resultPath: `/v1/chorus-imports/${before.id}` }, tx.at);
    if (before.state !== 'applying') return;
    const after: ChorusImport = { ...before, state: nextImportState(before.state, 'finish'), version: before.version + 1 };
    this.imports.save(tx, after);
    tx.audit('chorus-import.applied', { type: 'chorus-import', id: before.id }, auditedImport(before), auditedImport(after));
    // One message an organisation, whatever the batches and the cancellations in between.
    for (const paid of await this.rows.takeUntold(tx, before.id)) tx.tell('payments.made.v1', paid);
  }

  private async apply(tx: Tx, by: Actor, { id, departmentCodes }: ChorusImport, rows: readonly ChorusRow[]): Promise<void> {
    const applied = await this.rows.appliedOf(tx.query, rows);
    const isNew = rows.filter((_row, place) => !applied.has(place));
    const elsewhere = rows.filter((_row, place) => applied.has(place));
    const hands = await this.lines.lockAllForInstruction(tx, [...new Set(isNew.flatMap(({ lineId }) => lineId ?? []))]);
    const within = hands.filter((hand) => mayBePaid(hand, departmentCodes, by));
    const folds = within.map(({ line }) => ({ line, ...this.fold(tx, line, by, rowsOf(line, isNew)) }));
    const paid = folds.flatMap(({ done }) => done);
    const moved = folds.filter(({ done }) => done.length > 0);
    this.payments.add(
      tx,
      paid.map(({ payment }) => payment),
    );
    const decided = moved.map(({ line, after, movements }) => ({ line, decision: { after, movements } }));
    const saved = this.lines.carryOutTogether(tx, by, decided);
    for (const [place, after] of saved.entries()) {
      const fold = moved[place];
      if (!fold) continue;
      const payments = fold.done.map(({ payment: { id, amountCents, paidOn, reference } }) => ({ id, amountCents, paidOn, reference }));
      const object = { type: 'funding-line', id: after.id };
      tx.audit('funding-line.paid', object, auditedPaid(fold.line), { ...auditedPaid(after), payments });
    }
    this.rows.save(tx, id, [
      ...paid.map(({ row, payment }) => ({ ...row, status: 'applied' as const, reason: null, paymentId: payment.id })),
      ...folds.flatMap(({ refused }) => refused.map(({ row, reason }) => leftAside(row.row, reason))),
      ...isNew
        .filter(({ lineId }) => !within.some(({ line }) => line.id === lineId))
        .map((row) => leftAside(row, 'Cette ligne n’est plus de votre ressort, ou vous êtes en déport sur sa structure.')),
      ...elsewhere.map((row) => ({ ...row, status: 'already-applied' as const, reason: 'Un autre import a appliqué cette ligne Chorus.' })),
    ]);
  }

  private fold(tx: Tx, line: FundingLine, by: Actor, rows: readonly ChorusRow[]) {
    const today = parisDay(tx.at);
    const asPaid = rows.map((row): Paid => ({ row, payment: paymentOf(row, line.id, by, tx.at) }));
    return foldDecisions(line, asPaid, (current, { payment }) => {
      assertPaidOn(current, payment.paidOn, today);
      return pay(current, payment.amountCents);
    });
  }
}

const rowsOf = (line: FundingLine, rows: readonly ChorusRow[]): ChorusRow[] => rows.filter(({ lineId }) => lineId === line.id);

/** The line it was matched to is now no more than a suggestion. */
const leftAside = (row: ChorusRow, reason: string): ChorusRow => ({
  ...{ ...row, status: 'refused', reason, lineId: null },
  suggestedLineIds: row.lineId === null ? [] : [row.lineId],
});

function mayBePaid({ line, funder }: LineInHand, departmentCodes: readonly string[], by: Actor): boolean {
  const isTheirs = line.isProgramme147 && funder.departmentCode !== null && departmentCodes.includes(funder.departmentCode);
  return isTheirs && !by.recusedFrom.has(line.organisationId);
}

/** The database holds that a matched row has its amount and its day. */
function paymentOf({ ej, dp, dpItem, amountCents, paidOn }: ChorusRow, lineId: string, by: Actor, at: Date): Payment {
  if (amountCents === null || paidOn === null) throw new Error('a matched row of Chorus lacks its amount or its day');
  const said = { amountCents: amountCents as Money, paidOn, reference: `EJ ${ej}, DP ${dp}/${dpItem}`, source: 'chorus' } as const;
  const live = { reversedBy: null, reversedAt: null, reversalReason: null };
  return { id: newId(), lineId, ...said, confirmedBy: by.id, confirmedAt: at, ...live };
}
