import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, refuseRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { advance, FundingLines, type FundingLine, type LineInHand } from '../../funding/index.js';
import { audited } from '../../programming/index.js';
import { totalsOf } from '../domain/financial-report.js';
import { NotALineOfReport, ReasonMissing } from '../domain/report.errors.js';
import { reviewed, type ReviewDecision } from '../domain/report.js';
import { settle } from '../domain/unspent.js';
import { bringToReview } from './justified-lines.js';
import { lineObject, deciderScopes } from './line-rights.js';
import { OWING, ReportFile } from './report-file.js';
import { ReportReader, type ReportView } from './report-reader.js';
import { ReviewRecord } from './review-record.js';

export interface ReviewReportCommand {
  readonly reportId: string;
  /** Of the report: what is judged is what was read. */
  readonly version: ExpectedVersion;
  readonly fundingLineId: string;
  readonly decision: ReviewDecision;
  readonly reason: string | null;
}

/** The people of a funder accept the report for their line, or ask that it be amended. What is unspent follows from a final one. */
@Injectable()
export class ReviewReport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: ReportFile,
    private readonly record: ReviewRecord,
    private readonly reader: ReportReader,
    private readonly lines: FundingLines,
  ) {}

  /** @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion, NotALineOfReport, ReasonMissing, ActNotAllowed */
  execute({ reportId, version, fundingLineId, decision, reason }: ReviewReportCommand, actor: Actor): Promise<ReportView> {
    return this.work.run(actor, async (tx) => {
      const before = await this.file.lock(tx, reportId);
      authorize(actor, 'report.review', before.perimeter, 'report.read');
      const hands = await this.file.lockLinesOf(tx, before.actionId, before.year);
      const hand = hands.find(({ line }) => line.id === fundingLineId);
      if (!hand) throw new NotALineOfReport();
      authorizeCreation(actor, 'report.review', deciderScopes(hand));
      refuseRecused(actor, before.organisationId);
      assertVersion(version, before.version);
      const said = (reason ?? '').trim();
      if (decision === 'ask-amendment' && said === '') throw new ReasonMissing();
      const after = reviewed(before, decision, isLast(hands, fundingLineId), tx.at);
      const line = this.lines.carryOut(tx, actor, hand, advance(atReview(hand.line), decision === 'accept' ? 'accept-report' : decision));
      const settlement =
        decision === 'accept' ? settle({ grantedCents: line.grantedCents ?? (0n as typeof line.paidCents) }, totalsOf(before.rows)) : null;
      const act = decision === 'accept' ? 'funding-line.report-accepted' : 'funding-line.amendment-asked';
      tx.audit(act, lineObject(line.id), audited(hand.line), { ...audited(line), ...settlement });
      await this.record.keep(tx, actor, before, after, { fundingLineId, decision, reason: said === '' ? null : said, settlement });
      return this.reader.view(tx.query, after, true);
    });
  }
}

/** One whose act reached the beneficiary after the report was submitted is judged on it all the same. */
function atReview(line: FundingLine): FundingLine {
  return OWING.has(line.state) && line.state !== 'to-amend' ? bringToReview(line).after : line;
}

/** Whether no other funder's line waits for its review. */
function isLast(hands: readonly LineInHand[], fundingLineId: string): boolean {
  return !hands.some(({ line }) => line.id !== fundingLineId && (line.state === 'report-submitted' || line.state === 'to-amend'));
}
