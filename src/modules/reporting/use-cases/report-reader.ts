import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import type { Query } from '../../../platform/database/query.js';
import { Calls } from '../../calls/index.js';
import { accountLabel } from '../../dossiers/index.js';
import { publicStatus, type FundingLine } from '../../funding/index.js';
import { violationsOf, type ReportViolation } from '../domain/completeness.js';
import { gapOf, isInKind, isMainGap, totalsOf, type FinancialTotals, type Gap, type GapThreshold } from '../domain/financial-report.js';
import type { Report, ReportRow } from '../domain/report.js';
import { proposeRepayment, type ProposedRepayment } from '../domain/unspent.js';
import { ReviewRepository, type Review } from '../persistence/review.repository.js';
import { ReportFile } from './report-file.js';

export interface RowView extends ReportRow {
  readonly name: string;
  readonly inKind: boolean;
  readonly gap: Gap | null;
  /** Whether its gap is one that has to be explained. */
  readonly toExplain: boolean;
}

export interface ReportedLineView {
  readonly id: string;
  readonly version: number;
  readonly funderId: string;
  readonly funderName: string;
  readonly scheme: string | null;
  readonly status: string;
  readonly grantedCents: Money | null;
  readonly paidCents: Money;
  /** The last one of its funder. */
  readonly review: Review | null;
  /** What follows from an accepted report; null before, and for those who must not read it. */
  readonly proposal: ProposedRepayment | null;
}

export interface ReportView {
  readonly report: Report;
  readonly rows: readonly RowView[];
  readonly totals: FinancialTotals;
  readonly threshold: GapThreshold;
  readonly violations: readonly ReportViolation[];
  readonly lines: readonly ReportedLineView[];
}

/** A report with its gaps and what is missing, its lines and their reviews. */
@Injectable()
export class ReportReader {
  constructor(
    private readonly calls: Calls,
    private readonly file: ReportFile,
    private readonly reviews: ReviewRepository,
  ) {}

  async view(query: Query, report: Report, asStaff: boolean): Promise<ReportView> {
    const threshold = await this.threshold(query, report.callId);
    const reviews = await this.reviews.ofReport(query, report.id);
    const lines = await this.file.linesOf(query, report.actionId, report.year);
    return {
      report,
      rows: report.rows.map((row) => ({
        ...row,
        name: nameOf(row),
        inKind: isInKind(row),
        gap: gapOf(row),
        toExplain: isMainGap(row, threshold),
      })),
      totals: totalsOf(report.rows),
      threshold,
      violations: violationsOf(report, threshold, nameOf),
      lines: lines.map((line) => lineView(line, reviews, asStaff)),
    };
  }

  async violations(query: Query, report: Report): Promise<readonly ReportViolation[]> {
    return violationsOf(report, await this.threshold(query, report.callId), nameOf);
  }

  private async threshold(query: Query, callId: string): Promise<GapThreshold> {
    const call = await this.calls.byId(query, callId);
    if (!call) throw new Error('a report is of a call');
    return { percent: call.reportGapPercent, minimumCents: call.reportGapCents };
  }
}

function nameOf({ account, label }: ReportRow): string {
  return `${account} ${label ?? accountLabel(account)}`;
}

function lineView(line: FundingLine, reviews: readonly Review[], asStaff: boolean): ReportedLineView {
  const { id, version, funderId, funderName, scheme, grantedCents, paidCents } = line;
  const review = reviews.findLast(({ fundingLineId }) => fundingLineId === id) ?? null;
  const settlement = asStaff ? (review?.settlement ?? null) : null;
  return {
    ...{ id, version, funderId, funderName, scheme, grantedCents, paidCents, review },
    status: asStaff ? line.state : publicStatus(line.state),
    proposal: settlement && proposeRepayment(settlement, paidCents),
  };
}
