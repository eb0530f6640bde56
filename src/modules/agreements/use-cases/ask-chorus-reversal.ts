import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Operations, type Operation } from '../../../platform/operations/operations.js';
import { type ChorusImport, nextImportState } from '../domain/chorus-import.js';
import { ChorusImportRepository } from '../persistence/chorus-import.repository.js';
import { assertMayImport, auditedImport } from './chorus-import-rights.js';

export interface AskChorusReversalCommand {
  readonly importId: string;
  readonly version: ExpectedVersion;
  readonly reason: string;
}

/** Asks that all that an import applied be undone, by movements the other way, in the background. */
@Injectable()
export class AskChorusReversal {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: ChorusImportRepository,
    private readonly operations: Operations,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, ActNotAllowed */
  execute({ importId, version, reason }: AskChorusReversalCommand, actor: Actor): Promise<Operation> {
    return this.work.run(actor, async (tx) => {
      const before = await this.imports.lock(tx.query, importId);
      assertMayImport(actor, before);
      assertVersion(version, before.version);
      const state = nextImportState(before.state, 'reverse');
      const after: ChorusImport = {
        ...{ ...before, state, version: before.version + 1, failure: null },
        ...{ reversedBy: actor.id, reversedAt: tx.at, reversalReason: reason },
      };
      this.imports.save(tx, after);
      const operation = await this.operations.start(tx, actor, 'chorus-import-reversal', importId, { recusedFrom: [...actor.recusedFrom] });
      tx.audit('chorus-import.reversal-asked', { type: 'chorus-import', id: importId }, auditedImport(before), auditedImport(after));
      tx.tell('chorus-import.reversal-asked.v1', { operationId: operation.id });
      return operation;
    });
  }
}
