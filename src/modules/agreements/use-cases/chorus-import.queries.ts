import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { visibleScopes } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { ChorusImport, ChorusImportState } from '../domain/chorus-import.js';
import { ChorusImportRepository, type ChorusCount } from '../persistence/chorus-import.repository.js';
import { ChorusRowRepository, type ChorusRow } from '../persistence/chorus-row.repository.js';
import { assertMayImport } from './chorus-import-rights.js';

export type { ChorusCount, ChorusRow };

export interface ChorusImportView extends ChorusImport {
  readonly counts: readonly ChorusCount[];
}

@Injectable()
export class ChorusImportQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: ChorusImportRepository,
    private readonly chorusRows: ChorusRowRepository,
  ) {}

  /** @throws NotFound */
  async get(id: string, actor: Actor): Promise<ChorusImportView> {
    const found = await this.imports.find(this.work.read, id);
    assertMayImport(actor, found);
    return { ...found, counts: (await this.imports.countsOf(this.work.read, [id])).get(id) ?? [] };
  }

  /** Those that `get` would give. */
  async list(state: ChorusImportState | null, page: PageRequest, actor: Actor): Promise<Page<ChorusImportView>> {
    const own = visibleScopes(actor, 'chorus-import.manage').filter(({ kind }) => kind === 'department');
    const found = await this.imports.page(this.work.read, { departmentCodes: own.map(({ code }) => code), state }, page);
    const counts = await this.imports.countsOf(
      this.work.read,
      found.rows.map(({ id }) => id),
    );
    return { ...found, rows: found.rows.map((row) => ({ ...row, counts: counts.get(row.id) ?? [] })) };
  }

  /** @throws NotFound */
  async rows(id: string, status: string | null, page: PageRequest, actor: Actor): Promise<Page<ChorusRow>> {
    assertMayImport(actor, await this.imports.find(this.work.read, id));
    return this.chorusRows.page(this.work.read, id, status, page);
  }
}
