import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, hideFromRecused, visibleScopes } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { ProgrammingFilter, ProgrammingRow, ProgrammingSort } from '../domain/programming-row.js';
import type { SignatureDelegation } from '../domain/signature-delegation.js';
import { ProgrammingTable } from '../persistence/programming-table.repository.js';
import { SignatureDelegationRepository, type DelegationFilter } from '../persistence/signature-delegation.repository.js';

export { FUNDING_LINE_STATES, type FundingLine } from '../../funding/index.js';

export interface ProgrammingQuery extends ProgrammingFilter {
  readonly sort?: ProgrammingSort;
}

@Injectable()
export class ProgrammingQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly table: ProgrammingTable,
    private readonly delegations: SignatureDelegationRepository,
  ) {}

  lines({ sort, ...filter }: ProgrammingQuery, page: PageRequest, actor: Actor): Promise<Page<ProgrammingRow>> {
    const judged = { ...filter, exceptOrganisations: [...actor.recusedFrom] };
    return this.table.page(this.work.read, judged, visibleScopes(actor, 'funding-line.read'), page, sort);
  }

  /** @throws NotFound */
  async line(id: string, actor: Actor): Promise<ProgrammingRow> {
    const { row, perimeter } = await this.table.row(this.work.read, id);
    authorize(actor, 'funding-line.read', perimeter);
    hideFromRecused(actor, row.organisationId);
    return row;
  }

  signatureDelegations(filter: DelegationFilter, page: PageRequest, actor: Actor): Promise<Page<SignatureDelegation>> {
    return this.delegations.page(this.work.read, filter, visibleScopes(actor, 'signature-delegation.read'), page);
  }
}
