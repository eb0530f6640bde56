import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { isOpen, nextImportState, type ChorusImport } from '../domain/chorus-import.js';
import { LineOutOfReach, RowNotOpen, UnclearResolution } from '../domain/chorus.errors.js';
import { ChorusImportRepository } from '../persistence/chorus-import.repository.js';
import { ChorusRowRepository, type ChorusRow } from '../persistence/chorus-row.repository.js';
import { assertMayImport } from './chorus-import-rights.js';

export interface ResolveChorusRowCommand {
  readonly importId: string;
  /** Of the import. */
  readonly version: ExpectedVersion;
  readonly rowId: string;
  /** The line that the row is a payment of; null to leave the row aside. */
  readonly lineId: string | null;
  readonly ignore: boolean;
}

export interface ResolvedRow extends ChorusRow {
  readonly importVersion: number;
}

/** First digits of a SIRET: who it is, wherever it is established. */
const SIREN = 9;

/** A person says what a row is: a payment of that line, or nothing of ours. Nothing moves until the import is confirmed. */
@Injectable()
export class ResolveChorusRow {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: ChorusImportRepository,
    private readonly rows: ChorusRowRepository,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, ActNotAllowed, UnclearResolution, RowNotOpen, LineOutOfReach */
  execute({ importId, version, rowId, lineId, ignore }: ResolveChorusRowCommand, actor: Actor): Promise<ResolvedRow> {
    return this.work.run(actor, async (tx) => {
      const before = await this.imports.lock(tx.query, importId);
      assertMayImport(actor, before);
      const row = await this.rows.lock(tx.query, importId, rowId);
      assertVersion(version, before.version);
      const state = nextImportState(before.state, 'resolve');
      if ((lineId !== null) === ignore) throw new UnclearResolution();
      if (!isOpen(row)) throw new RowNotOpen();
      if (lineId !== null) {
        const reach = { departmentCodes: before.departmentCodes, exceptOrganisations: [...actor.recusedFrom] };
        const siret = await this.rows.siretInReach(tx.query, lineId, reach);
        if (siret?.slice(0, SIREN) !== row.siret.slice(0, SIREN)) throw new LineOutOfReach();
      }
      const after: ChorusImport = { ...before, state, version: before.version + 1 };
      const resolved: ChorusRow = { ...row, lineId, status: ignore ? 'ignored' : 'matched', reason: null };
      this.imports.save(tx, after);
      this.rows.save(tx, importId, [resolved]);
      const said = ({ status, lineId: line }: ChorusRow) => ({ rowId, status, fundingLineId: line });
      tx.audit('chorus-import.row-resolved', { type: 'chorus-import', id: importId }, said(row), said(resolved));
      return { ...resolved, importVersion: after.version };
    });
  }
}
