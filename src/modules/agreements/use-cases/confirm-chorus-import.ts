import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Operations, type Operation } from '../../../platform/operations/operations.js';
import { type ChorusImport, nextImportState } from '../domain/chorus-import.js';
import { NothingToApply } from '../domain/chorus.errors.js';
import { ChorusImportRepository } from '../persistence/chorus-import.repository.js';
import { ChorusRowRepository } from '../persistence/chorus-row.repository.js';
import { assertMayImport, auditedImport } from './chorus-import-rights.js';

/** Says that what was read is right: the rows that are matched are then applied, in the background. */
@Injectable()
export class ConfirmChorusImport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: ChorusImportRepository,
    private readonly rows: ChorusRowRepository,
    private readonly operations: Operations,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, ActNotAllowed, NothingToApply */
  execute({ importId, version }: { readonly importId: string; readonly version: ExpectedVersion }, actor: Actor): Promise<Operation> {
    return this.work.run(actor, async (tx) => {
      const before = await this.imports.lock(tx.query, importId);
      assertMayImport(actor, before);
      assertVersion(version, before.version);
      const state = nextImportState(before.state, 'confirm');
      const total = await this.rows.count(tx.query, importId, 'matched');
      if (total === 0) throw new NothingToApply();
      const after: ChorusImport = { ...before, state, version: before.version + 1, confirmedBy: actor.id, confirmedAt: tx.at };
      this.imports.save(tx, after);
      const operation = await this.operations.start(tx, actor, 'chorus-import-application', importId, {
        recusedFrom: [...actor.recusedFrom],
      });
      const object = { type: 'chorus-import', id: importId };
      tx.audit('chorus-import.confirmed', object, auditedImport(before), { ...auditedImport(after), rows: total });
      tx.tell('chorus-import.confirmed.v1', { operationId: operation.id });
      return operation;
    });
  }
}
