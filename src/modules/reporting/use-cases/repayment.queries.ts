import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, visibleScopes } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DossierFile } from '../../dossiers/index.js';
import { RepaymentRepository, type Receipt, type RepaymentFilter, type RepaymentView } from '../persistence/repayment.repository.js';

export type { Receipt, RepaymentFilter, RepaymentView };

/** Applicants see what is asked of them, as those who ask it do. */
@Injectable()
export class RepaymentQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly dossiers: DossierFile,
    private readonly repayments: RepaymentRepository,
  ) {}

  list(filter: RepaymentFilter, page: PageRequest, actor: Actor): Promise<Page<RepaymentView>> {
    return this.repayments.page(this.work.read, filter, visibleScopes(actor, 'repayment.read'), page);
  }

  /** @throws NotFound */
  async get(id: string, actor: Actor): Promise<RepaymentView> {
    const repayment = await this.repayments.view(this.work.read, id);
    authorize(actor, 'repayment.read', await this.dossiers.perimeterOf(this.work.read, repayment.dossierId));
    return repayment;
  }
}
