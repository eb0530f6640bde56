import { Injectable } from '@nestjs/common';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { OrganisationBlocks } from '../../organisations/index.js';
import type { DateChange } from '../domain/date-change.js';
import { extendedDueOn, isOverdue } from '../domain/due-date.js';
import { ObligationRepository } from '../persistence/obligation.repository.js';

/** When a report is due once its action ends later. */
@Injectable()
export class ReportsLater {
  constructor(
    private readonly obligations: ObligationRepository,
    private readonly blocks: OrganisationBlocks,
  ) {}

  async extend(tx: Tx, { id, actionId, endsOn }: DateChange, year: number): Promise<void> {
    const obligation = await this.obligations.of(tx.query, actionId, year);
    const later = obligation && extendedDueOn(year, obligation.dueOn, endsOn);
    if (!later) return;
    await this.obligations.extend(tx.query, { actionId, year }, later, id);
    if (!isOverdue(later, parisDay(tx.at))) await this.blocks.liftBecause(tx, 'report-overdue', actionId, year);
  }
}
