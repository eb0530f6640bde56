import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { InterimReports } from '../../agreements/index.js';
import type { Report } from '../domain/report.js';
import { ReportRepository } from '../persistence/report.repository.js';
import { ReviewRepository, type Review } from '../persistence/review.repository.js';

/** Writes a review, what it makes of its report, and what an accepted report opens. */
@Injectable()
export class ReviewRecord {
  constructor(
    private readonly reports: ReportRepository,
    private readonly reviews: ReviewRepository,
    private readonly interimReports: InterimReports,
  ) {}

  async keep(tx: Tx, actor: Actor, before: Report, after: Report, review: Omit<Review, 'id' | 'reviewedAt'>): Promise<void> {
    const { id: reportId, actionId, year } = after;
    this.reviews.add(tx, reportId, review, actor.id);
    this.reports.save(tx, after);
    tx.audit(
      'report.reviewed',
      { type: 'report', id: reportId },
      { state: before.state, version: before.version },
      { state: after.state, version: after.version, fundingLineId: review.fundingLineId, decision: review.decision },
    );
    const told = { reportId, organisationId: after.organisationId };
    if (review.decision === 'ask-amendment') tx.tell('report.amendment-asked.v1', told);
    if (after.state === 'accepted') tx.tell('report.accepted.v1', told);
    // The last of its funders has spoken: the next year of the action is open, for all its CPOs.
    if (after.kind === 'interim' && after.state === 'accepted') await this.interimReports.accepted(tx, { actionId, year, reportId });
  }
}
