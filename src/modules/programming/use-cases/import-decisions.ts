import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BievreError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation, may, refuseRecused } from '../../../platform/auth/authorizer.js';
import { readCsv } from '../../../platform/csv/read-csv.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Funders, FundingLines, Programme147NeedsApproval, UnknownFunder, type LineInHand } from '../../funding/index.js';
import { readDecisions, type DecisionRow, type Fault } from '../domain/decision-file.js';
import { matchRows, type DecisionImport } from '../domain/decision-import.js';
import { DecisionImportRepository } from '../persistence/decision-import.repository.js';
import { funderScopes } from './line-rights.js';
import { RecordedDecisions, type RecordingRule } from './recorded-decisions.js';

/** Rows of one file, its header included. */
const MAX_ROWS = 2001;

export interface ImportDecisionsCommand {
  readonly funderId: string;
  /** A CSV file, as it came. */
  readonly content: Buffer;
}

/** A funder shows what it decided, from a file: each row is found and judged by the rule that would record it, and nothing is recorded yet. */
@Injectable()
export class ImportDecisions {
  constructor(
    private readonly work: UnitOfWork,
    private readonly funders: Funders,
    private readonly lines: FundingLines,
    private readonly decisions: RecordedDecisions,
    private readonly imports: DecisionImportRepository,
  ) {}

  /** @throws UnknownFunder, Forbidden, Programme147NeedsApproval, MalformedCsv, TooManyCsvRows, DecisionColumnsMissing */
  execute({ funderId, content }: ImportDecisionsCommand, actor: Actor): Promise<DecisionImport> {
    return this.work.run(actor, async (tx) => {
      const [funder] = await this.funders.byIds(tx.query, [funderId]);
      if (!funder) throw new UnknownFunder();
      authorizeCreation(actor, 'funding-line.record-decision', funderScopes({ funder }));
      if (funder.isProgramme147) throw new Programme147NeedsApproval();
      const read = readDecisions(readCsv(content, MAX_ROWS));
      const candidates = await this.imports.candidates(tx.query, funderId, [...new Set(read.map(({ dossierNumber }) => dossierNumber))]);
      const hands = await this.lines.lockAllForInstruction(
        tx,
        candidates.map(({ lineId }) => lineId),
      );
      const rule = await this.decisions.ruleFor(
        tx,
        actor,
        hands.map(({ line }) => line),
      );
      const seen = hands.filter(({ perimeter }) => may(actor, 'funding-line.read', perimeter));
      const byId = new Map(seen.map((hand) => [hand.line.id, hand]));
      const rows = matchRows(
        read,
        candidates.filter(({ lineId }) => byId.has(lineId)),
        (row, lineId) => faultOf(row, byId.get(lineId), rule, actor),
      );
      const preview: DecisionImport = {
        ...{ id: newId(), version: 1, funderId, state: 'previewed', createdBy: actor.id, createdAt: tx.at, appliedAt: null, rows },
      };
      this.imports.create(tx, preview, createHash('sha256').update(content).digest());
      const counted = { funderId, rows: rows.length, matched: rows.filter(({ status }) => status === 'matched').length };
      tx.audit('decision-import.previewed', { type: 'decision-import', id: preview.id }, null, counted);
      return preview;
    });
  }
}

/** What would refuse to record the row on that line, today. */
function faultOf(row: DecisionRow, hand: LineInHand | undefined, rule: RecordingRule, actor: Actor): Fault | null {
  const { amountCents, decidedOn, reference, reason } = row;
  if (!hand || amountCents === null || decidedOn === null) throw new Error('only what was read and found is judged');
  try {
    refuseRecused(actor, hand.line.organisationId);
    rule(hand.line, { amountCents, decidedOn, decisionReference: reference, reason });
    return null;
  } catch (error) {
    if (!(error instanceof BievreError)) throw error;
    return { code: error.code, detail: error.message };
  }
}
