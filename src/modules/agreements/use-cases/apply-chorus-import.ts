import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Money } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { FundingLines, pay, type FundingLine, type LineInHand } from '../../funding/index.js';
import { foldDecisions } from '../domain/chorus-application.js';
import { type ChorusImport, nextImportState } from '../domain/chorus-import.js';
import { assertPaidOn, type Payment } from '../domain/payment.js';
import { ChorusRowRepository, type ChorusRow } from '../persistence/chorus-row.repository.js';
import { PaymentRepository } from '../persistence/payment.repository.js';
import { ChorusBatches, type ChorusWork } from './chorus-batches.js';

/** A row with the payment that it becomes. */
interface Paid {
  readonly row: ChorusRow;
  readonly payment: Payment;
}

/**
 * Applies the matched rows of an import, in batches that a crash or a cancellation falls between. What the rules of a line refuse by now is left
 * aside, with why.
 */
@Injectable()
export class ApplyChorusImport {
  constructor(
    private readonly batches: ChorusBatches,
    private readonly rows: ChorusRowRepository,
    private readonly lines: FundingLines,
    private readonly payments: PaymentRepository,
  ) {}

  execute(operationId: string): Promise<void> {
    return this.batches.goThrough(operationId, {
      ...{ during: 'applying', status: 'matched' },
      carryOut: (tx, by, found, rows) => this.apply(tx, by, found, rows),
      end: (tx, before) => this.end(tx, before),
    });
  }

  private async end(tx: Tx, before: ChorusImport): ReturnType<ChorusWork['end']> {
    // One message an organisation, whatever the batches and the cancellations in between.
    for (const paid of await this.rows.takeUntold(tx, before.id)) tx.tell('payments.made.v1', paid);
    const after = { ...before, state: nextImportState(before.state, 'finish'), version: before.version + 1 };
    return { after, act: 'chorus-import.applied', failure: null };
  }

  private async apply(tx: Tx, by: Actor, { id, departmentCodes }: ChorusImport, rows: readonly ChorusRow[]): Promise<void> {
    const applied = await this.rows.appliedOf(tx.query, rows);
    const isNew = rows.filter((_row, place) => !applied.has(place));
    const elsewhere = rows.filter((_row, place) => applied.has(place));
    const hands = await this.lines.lockAllForInstruction(tx, [...new Set(isNew.flatMap(({ lineId }) => lineId ?? []))]);
    const within = hands.filter((hand) => mayBePaid(hand, departmentCodes, by));
    const folds = within.map(({ line }) => ({ line, ...this.fold(tx, line, by, rowsOf(line, isNew)) }));
    const paid = folds.flatMap(({ done }) => done);
    this.payments.add(
      tx,
      paid.map(({ payment }) => payment),
    );
    this.batches.carryOut(tx, by, 'funding-line.paid', folds, ({ payment: { id: paymentId, amountCents, paidOn, reference } }) => ({
      ...{ id: paymentId, amountCents, paidOn, reference },
    }));
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
