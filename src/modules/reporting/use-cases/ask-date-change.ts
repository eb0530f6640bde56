import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ActionFile, DossierFile } from '../../dossiers/index.js';
import { FundingLines } from '../../funding/index.js';
import { assertDates, type DateChange } from '../domain/date-change.js';
import { DatesNotMovable } from '../domain/report.errors.js';
import { DateChangeRepository } from '../persistence/date-change.repository.js';
import { OWING } from './report-file.js';

export interface AskDateChangeCommand {
  readonly actionId: string;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly reason: string;
}

/** The organisation asks for other dates for an action whose grant is notified, and whose report is still to come. */
@Injectable()
export class AskDateChange {
  constructor(
    private readonly work: UnitOfWork,
    private readonly actions: ActionFile,
    private readonly dossiers: DossierFile,
    private readonly lines: FundingLines,
    private readonly changes: DateChangeRepository,
  ) {}

  /** @throws NotFound, Forbidden, DatesNotMovable, DateChangeInvalid, DateChangeAlreadyAsked */
  execute({ actionId, startsOn, endsOn, reason }: AskDateChangeCommand, actor: Actor): Promise<DateChange> {
    return this.work.run(actor, async (tx) => {
      const { dossierId, ...action } = await this.actions.get(tx.query, actionId);
      const { perimeter } = await this.dossiers.read(tx.query, dossierId);
      authorize(actor, 'date-change.ask', perimeter, 'dossier.read');
      if (!(await this.lines.ofAction(tx.query, actionId)).some(({ state }) => OWING.has(state))) throw new DatesNotMovable();
      const from = { startsOn: action.startsOn, endsOn: action.endsOn };
      assertDates(from, { startsOn, endsOn });
      const asked = await this.changes.add(tx, { actionId, dossierId, from, startsOn, endsOn, reason, askedBy: actor.id });
      tx.audit('date-change.asked', { type: 'date-change', id: asked.id }, null, asked);
      return asked;
    });
  }
}
