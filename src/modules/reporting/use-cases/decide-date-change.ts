import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, refuseRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { ActionFile, DossierFile } from '../../dossiers/index.js';
import { FundingLines, type LineInHand } from '../../funding/index.js';
import { decide, type DateChange } from '../domain/date-change.js';
import { DatesNotMovable } from '../domain/report.errors.js';
import { DateChangeRepository } from '../persistence/date-change.repository.js';
import { deciderScopes } from './line-rights.js';
import { OWING } from './report-file.js';
import { ReportsLater } from './reports-later.js';

export interface DecideDateChangeCommand {
  readonly dateChangeId: string;
  readonly version: ExpectedVersion;
  readonly accepted: boolean;
  readonly reason: string | null;
}

/** The people of one of the action's funders answer. Accepted, the action's dates move, and with them the day its last report is due. */
@Injectable()
export class DecideDateChange {
  constructor(
    private readonly work: UnitOfWork,
    private readonly actions: ActionFile,
    private readonly dossiers: DossierFile,
    private readonly lines: FundingLines,
    private readonly changes: DateChangeRepository,
    private readonly due: ReportsLater,
  ) {}

  /** @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion, DateChangeDecided, ReasonMissing, DatesNotMovable */
  execute({ dateChangeId, version, accepted, reason }: DecideDateChangeCommand, actor: Actor): Promise<DateChange> {
    return this.work.run(actor, async (tx) => {
      const { dossierId } = await this.changes.get(tx.query, dateChangeId);
      const dossier = await this.dossiers.lock(tx, dossierId);
      const before = await this.changes.lock(tx.query, dateChangeId);
      const hands = await this.handsOf(tx, before.actionId);
      authorize(actor, 'report.read', dossier.perimeter);
      authorizeCreation(actor, 'date-change.decide', hands.flatMap(deciderScopes));
      refuseRecused(actor, dossier.organisationId);
      assertVersion(version, before.version);
      const after = decide(before, { accepted, reason, by: actor.id, at: tx.at });
      this.changes.saveDecision(tx, after);
      if (accepted) await this.move(tx, after, hands);
      tx.audit(`date-change.${after.state}`, { type: 'date-change', id: after.id }, before, after);
      return after;
    });
  }

  /** The lines that were granted and told: their funders may answer, whatever became of them since. */
  private async handsOf(tx: Tx, actionId: string): Promise<readonly LineInHand[]> {
    const lines = (await this.lines.ofAction(tx.query, actionId)).filter(({ notifiedAt }) => notifiedAt !== null);
    return this.lines.lockAllForInstruction(
      tx,
      lines.map(({ id }) => id),
    );
  }

  private async move(tx: Tx, change: DateChange, hands: readonly LineInHand[]): Promise<void> {
    const years = hands.filter(({ line }) => OWING.has(line.state)).map(({ line }) => line.year);
    if (years.length === 0) throw new DatesNotMovable();
    await this.actions.moveDates(tx, change.actionId, change);
    // An action of several years reports on each: only the last one waits for its end.
    await this.due.extend(tx, change, Math.max(...years));
  }
}
