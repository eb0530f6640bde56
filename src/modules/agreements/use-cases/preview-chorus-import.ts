import { Injectable } from '@nestjs/common';
import { BievreError } from '../../../kernel/errors.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { Files } from '../../../platform/files/index.js';
import { Operations, type ResumedOperation } from '../../../platform/operations/operations.js';
import type { ReadEntry } from '../domain/chorus-entry.js';
import { type ChorusImport, nextImportState } from '../domain/chorus-import.js';
import { ChorusMatcher, type Finding } from '../domain/chorus-matching.js';
import { ChorusImportRepository } from '../persistence/chorus-import.repository.js';
import { ChorusRowRepository, type Reach } from '../persistence/chorus-row.repository.js';
import { readExtraction } from './chorus-extraction.js';
import { askedBy, auditedImport, type AskedParameters } from './chorus-import-rights.js';

/** Rows that are matched and written together: enough to make round trips few, little enough to weigh nothing. */
const TOGETHER = 1000;

/**
 * Reads an extraction and says of each row what it is, changing no line. All of it is one transaction: a crash leaves an import that was not
 * read, and running again reads it again; one that was read is left as it is.
 */
@Injectable()
export class PreviewChorusImport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly operations: Operations,
    private readonly imports: ChorusImportRepository,
    private readonly rows: ChorusRowRepository,
    private readonly files: Files,
  ) {}

  async execute(operationId: string): Promise<void> {
    const operation = await this.work.transaction((query) => this.operations.resume(query, operationId));
    if (!operation) return;
    const { fileId } = await this.imports.find(this.work.read, operation.subjectId);
    try {
      await this.files.onDisk(fileId, (path) => this.preview(operationId, operation, path));
    } catch (error) {
      // What is wrong with the file will be wrong again; anything else may not be.
      if (!(error instanceof BievreError)) throw error;
      await this.giveUp(operationId, operation, error.message);
    }
  }

  private preview(operationId: string, operation: ResumedOperation, path: string): Promise<void> {
    return this.inHand(operation, async (tx, before, { recusedFrom }) => {
      const reach: Reach = { departmentCodes: before.departmentCodes, exceptOrganisations: recusedFrom };
      const candidates = await this.rows.candidates(tx.query, reach);
      const matcher = new ChorusMatcher(parisDay(tx.at));
      const match = (one: ReadEntry, isApplied: boolean) => matcher.match(one, candidates.get(one.entry.siret) ?? [], isApplied);
      const read = await inBatches(readExtraction(path), (batch) => this.write(tx, before.id, batch, match));
      await this.operations.progress(tx.query, operationId, read, read);
      await this.operations.finish(tx.query, operationId, { resultPath: `/v1/chorus-imports/${before.id}` }, tx.at);
      const after: ChorusImport = { ...before, state: nextImportState(before.state, 'preview'), version: before.version + 1 };
      this.imports.save(tx, after);
      const object = { type: 'chorus-import', id: before.id };
      tx.audit('chorus-import.previewed', object, auditedImport(before), { ...auditedImport(after), rows: read });
    });
  }

  private async write(
    tx: Tx,
    importId: string,
    read: readonly ReadEntry[],
    match: (one: ReadEntry, isApplied: boolean) => Finding,
  ): Promise<void> {
    const entries = read.map(({ entry }) => entry);
    const applied = await this.rows.appliedOf(tx.query, entries);
    const found = read.map((one, place) => ({ entry: one.entry, finding: match(one, applied.has(place)) }));
    await this.rows.add(tx.query, importId, found);
  }

  private giveUp(operationId: string, operation: ResumedOperation, failure: string): Promise<void> {
    return this.inHand(operation, async (tx, before) => {
      const after: ChorusImport = { ...before, state: nextImportState(before.state, 'give-up'), version: before.version + 1, failure };
      this.imports.save(tx, after);
      await this.operations.finish(tx.query, operationId, { failure }, tx.at);
      tx.audit('chorus-import.given-up', { type: 'chorus-import', id: before.id }, auditedImport(before), auditedImport(after));
    });
  }

  /** Nothing is done to an import that was read already. */
  private inHand(
    { subjectId, parameters, createdBy }: ResumedOperation,
    act: (tx: Tx, before: ChorusImport, asked: AskedParameters) => Promise<void>,
  ): Promise<void> {
    const asked = parameters as AskedParameters;
    return this.work.run(askedBy(createdBy, asked), async (tx) => {
      const before = await this.imports.lock(tx.query, subjectId);
      if (before.state === 'reading') await act(tx, before, asked);
    });
  }
}

/** Writes one batch while the next one is read: the database works meanwhile, on a processor of its own. Gives how many rows there were. */
async function inBatches(
  entries: AsyncIterable<readonly ReadEntry[]>,
  write: (batch: readonly ReadEntry[]) => Promise<void>,
): Promise<number> {
  let count = 0;
  let waiting: ReadEntry[] = [];
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const some of entries) {
      count += some.length;
      waiting.push(...some);
      if (waiting.length < TOGETHER) continue;
      await writing;
      writing = write(waiting);
      // Reported by the next batch that waits for it.
      writing.catch(() => undefined);
      waiting = [];
    }
    await writing;
    if (waiting.length > 0) await write(waiting);
    return count;
  } finally {
    // Nothing of a batch may leave once the transaction is rolled back.
    await writing.catch(() => undefined);
  }
}
