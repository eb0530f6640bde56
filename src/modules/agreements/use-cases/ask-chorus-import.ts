import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Files } from '../../../platform/files/index.js';
import { Operations, type Operation } from '../../../platform/operations/operations.js';
import type { ChorusImport } from '../domain/chorus-import.js';
import { ChorusImportRepository } from '../persistence/chorus-import.repository.js';
import { auditedImport, departmentsOf } from './chorus-import-rights.js';

/** Gives an extraction of Chorus to read. It changes no line: what was read is confirmed later. */
@Injectable()
export class AskChorusImport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: ChorusImportRepository,
    private readonly files: Files,
    private readonly operations: Operations,
  ) {}

  /** @throws Forbidden, UnknownFile, WrongPurpose, FileAlreadyUsed */
  execute({ fileId }: { readonly fileId: string }, actor: Actor): Promise<Operation> {
    return this.work.run(actor, async (tx) => {
      const departmentCodes = departmentsOf(actor);
      authorizeCreation(
        actor,
        'chorus-import.manage',
        departmentCodes.map((code) => ({ kind: 'department', code })),
      );
      const id = newId();
      await this.files.attach(tx, fileId, { purpose: 'chorus-extraction', ownerType: 'chorus-import', ownerId: id }, actor);
      const begun: ChorusImport = {
        ...{ id, fileId, departmentCodes, state: 'reading', version: 1, failure: null, createdBy: actor.id, createdAt: tx.at },
        ...{ confirmedBy: null, confirmedAt: null, reversedBy: null, reversedAt: null, reversalReason: null },
      };
      this.imports.add(tx, begun);
      const operation = await this.operations.start(tx, actor, 'chorus-import', id, { recusedFrom: [...actor.recusedFrom] });
      tx.audit('chorus-import.asked', { type: 'chorus-import', id }, null, { ...auditedImport(begun), fileId, departmentCodes });
      tx.tell('chorus-import.asked.v1', { operationId: operation.id });
      return operation;
    });
  }
}
