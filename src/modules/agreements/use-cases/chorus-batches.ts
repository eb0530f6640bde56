import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { Operations, type ResumedOperation } from '../../../platform/operations/operations.js';
import { FundingLines, type Decision, type FundingLine } from '../../funding/index.js';
import type { Fold } from '../domain/chorus-application.js';
import type { ChorusImport, ChorusImportState, ChorusRowStatus } from '../domain/chorus-import.js';
import { ChorusImportRepository } from '../persistence/chorus-import.repository.js';
import { ChorusRowRepository, type ChorusRow } from '../persistence/chorus-row.repository.js';
import { askedBy, auditedImport, type AskedParameters } from './chorus-import-rights.js';
import { auditedPaid } from './payment-rights.js';

const TOGETHER = 100;

/** Something that is done to the rows of an import in the background. */
export interface ChorusWork {
  /** Only as long as the import is in that state. */
  readonly during: ChorusImportState;
  /** The rows that it is done to. */
  readonly status: ChorusRowStatus;
  readonly carryOut: (tx: Tx, by: Actor, found: ChorusImport, rows: readonly ChorusRow[]) => Promise<void>;
  /** What the import becomes once no row is left, what the audit calls it, and what could not be done. */
  readonly end: (
    tx: Tx,
    before: ChorusImport,
  ) => Promise<{ readonly after: ChorusImport; readonly act: string; readonly failure: string | null }>;
}

/** What was done to a line by rows of an import, and what its rules refused. */
export type LineFold<Row> = Fold<FundingLine, Row, Decision<FundingLine>['movements'][number]> & { readonly line: FundingLine };

/**
 * Goes through the rows of an import a hundred at a time, each batch whole in its transaction: a crash or a cancellation leaves batches that are
 * done and others that wait, and running again goes on with those.
 */
@Injectable()
export class ChorusBatches {
  constructor(
    private readonly work: UnitOfWork,
    private readonly operations: Operations,
    private readonly imports: ChorusImportRepository,
    private readonly rows: ChorusRowRepository,
    private readonly lines: FundingLines,
  ) {}

  async goThrough(operationId: string, work: ChorusWork): Promise<void> {
    const operation = await this.work.transaction((query) => this.operations.resume(query, operationId));
    if (!operation) return;
    const total = operation.done + (await this.rows.count(this.work.read, operation.subjectId, work.status));
    let [after, done]: [string | null, number] = [null, operation.done];
    for (;;) {
      const rows: readonly ChorusRow[] = await this.batch(operationId, operation, work, { after, done, total });
      const last = rows.at(-1);
      if (!last) return;
      done += rows.length;
      after = last.id;
    }
  }

  /** Gives the rows that it went through: none when all is done, or nothing is to be done any more. */
  private batch(
    operationId: string,
    { subjectId, parameters, createdBy }: ResumedOperation,
    { during, status, carryOut, end }: ChorusWork,
    { after, done, total }: { readonly after: string | null; readonly done: number; readonly total: number },
  ): Promise<readonly ChorusRow[]> {
    const by = askedBy(createdBy, parameters as AskedParameters);
    return this.work.run(by, async (tx) => {
      await this.imports.alone(tx.query);
      // Holds the operation until the commit: a cancellation falls between two batches.
      if (!(await this.operations.resume(tx.query, operationId))) return [];
      const found = await this.imports.lock(tx.query, subjectId);
      const rows = found.state === during ? await this.rows.lockNext(tx.query, subjectId, status, after, TOGETHER) : [];
      if (rows.length === 0) {
        const failure = found.state === during ? await this.end(tx, found, end) : null;
        const resultPath = `/v1/chorus-imports/${subjectId}`;
        await this.operations.finish(tx.query, operationId, failure === null ? { resultPath } : { resultPath, failure }, tx.at);
      } else {
        await carryOut(tx, by, found, rows);
        await this.operations.progress(tx.query, operationId, done + rows.length, Math.max(total, done + rows.length));
      }
      return rows;
    });
  }

  private async end(tx: Tx, before: ChorusImport, end: ChorusWork['end']): Promise<string | null> {
    const { after, act, failure } = await end(tx, before);
    this.imports.save(tx, after);
    tx.audit(act, { type: 'chorus-import', id: before.id }, auditedImport(before), auditedImport(after));
    return failure;
  }

  /** Writes what rows did to lines that are locked, each line with its audit row. `said`: of the payment of a row. */
  carryOut<Row>(tx: Tx, by: Actor, act: string, folds: readonly LineFold<Row>[], said: (row: Row) => object): void {
    const moved = folds.filter(({ done }) => done.length > 0);
    const saved = this.lines.carryOutTogether(
      tx,
      by,
      moved.map(({ line, after, movements }) => ({ line, decision: { after, movements } })),
    );
    for (const [place, after] of saved.entries()) {
      const fold = moved[place];
      if (!fold) continue;
      const object = { type: 'funding-line', id: after.id };
      tx.audit(act, object, auditedPaid(fold.line), { ...auditedPaid(after), payments: fold.done.map(said) });
    }
  }
}
