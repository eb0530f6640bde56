import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ActionFile, DossierFile } from '../../dossiers/index.js';
import type { DateChange } from '../domain/date-change.js';
import { DateChangeRepository } from '../persistence/date-change.repository.js';

@Injectable()
export class DateChangeQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly actions: ActionFile,
    private readonly dossiers: DossierFile,
    private readonly changes: DateChangeRepository,
  ) {}

  /** @throws NotFound */
  async ofAction(actionId: string, page: PageRequest, actor: Actor): Promise<Page<DateChange>> {
    const { dossierId } = await this.actions.get(this.work.read, actionId);
    authorize(actor, 'report.read', await this.dossiers.perimeterOf(this.work.read, dossierId));
    return this.changes.page(this.work.read, actionId, page);
  }
}
