import { Injectable } from '@nestjs/common';
import { BievreError, NotFound } from '../../../kernel/errors.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { refuseRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { FundingLines, type Decision, type FundingLine, type LineInHand } from '../../funding/index.js';
import { ImportRefused, NothingToApply, type DecisionImport, type ImportedRow } from '../domain/decision-import.js';
import { DecisionImportRepository } from '../persistence/decision-import.repository.js';
import { DecisionImportQueries } from './decision-import.queries.js';
import { audited } from './line-rights.js';
import { RecordedDecisions } from './recorded-decisions.js';

export interface ApplyDecisionImportCommand {
  readonly importId: string;
  readonly version: ExpectedVersion;
}

/** Records every matched row of a file, by the very rule of one decision: all of them or none. Once applied, asking again changes nothing. */
@Injectable()
export class ApplyDecisionImport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly decisions: RecordedDecisions,
    private readonly imports: DecisionImportRepository,
    private readonly queries: DecisionImportQueries,
  ) {}

  /** @throws NotFound, VersionRequired, StaleVersion, NothingToApply, ImportRefused */
  execute({ importId, version }: ApplyDecisionImportCommand, actor: Actor): Promise<DecisionImport> {
    return this.work.run(actor, async (tx) => {
      const found = await this.imports.lock(tx.query, importId);
      await this.queries.assertOwn(tx.query, found, actor);
      if (!found) throw new NotFound();
      if (found.state === 'applied') return found;
      assertVersion(version, found.version);
      const matched = new Map(found.rows.flatMap((row) => (row.status === 'matched' && row.lineId !== null ? [[row.lineId, row]] : [])));
      if (matched.size === 0) throw new NothingToApply();
      const hands = await this.lines.lockAllForInstruction(tx, [...matched.keys()]);
      const decided = await this.decide(tx, actor, hands, matched);
      const after = this.lines.carryOutTogether(tx, actor, decided);
      for (const [index, line] of after.entries()) {
        const before = decided[index]?.line;
        const recorded = { ...audited(line), importId };
        tx.audit('funding-line.decision-recorded', { type: 'funding-line', id: line.id }, before ? audited(before) : null, recorded);
      }
      const applied: DecisionImport = { ...found, state: 'applied', version: found.version + 1, appliedAt: tx.at };
      this.imports.applied(tx, applied, actor.id);
      const { rows: _, ...kept } = applied;
      tx.audit('decision-import.applied', { type: 'decision-import', id: importId }, null, { ...kept, lines: after.length });
      return applied;
    });
  }

  /** @throws ImportRefused, naming every row that can't be recorded any more */
  private async decide(tx: Tx, actor: Actor, hands: readonly LineInHand[], rows: ReadonlyMap<string, ImportedRow>) {
    const rule = await this.decisions.ruleFor(
      tx,
      actor,
      hands.map(({ line }) => line),
    );
    const decided: { line: FundingLine; decision: Decision<FundingLine> }[] = [];
    const faults: { line: number; code: string; detail: string }[] = [];
    for (const { line } of hands) {
      const row = rows.get(line.id);
      if (!row || row.amountCents === null || row.decidedOn === null) throw new Error('a matched row says how much and when');
      const { amountCents, decidedOn, reference, reason } = row;
      try {
        refuseRecused(actor, line.organisationId);
        decided.push({ line, decision: rule(line, { amountCents, decidedOn, decisionReference: reference, reason }) });
      } catch (error) {
        if (!(error instanceof BievreError)) throw error;
        faults.push({ line: row.line, code: error.code, detail: error.message });
      }
    }
    if (faults.length > 0) throw new ImportRefused(faults.toSorted((a, b) => a.line - b.line));
    return decided;
  }
}
