import { Injectable } from '@nestjs/common';
import { Links } from '../../../platform/http/links.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { ref } from '../domain/delivery.js';
import type { RepaymentAsked, ReportAccepted, ReportsDue, ReportSubmitted, ReportToAmend } from '../domain/mail-data.js';
import { listed } from '../domain/mail-parts.js';
import { ReportFactsRepository, type ReportFacts } from '../persistence/report-facts.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** The messages about what an organisation accounts for, and pays back. */
@Injectable()
export class ReportLetters {
  readonly readers = {
    'reports-due': (asked) => this.due(asked),
    'report-submitted': (asked) => this.submitted(asked),
    'report-to-amend': (asked) => this.toAmend(asked),
    'report-accepted': (asked) => this.accepted(asked),
    'repayment-asked': (asked) => this.repayment(asked),
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: ReportFactsRepository,
    private readonly links: Links,
  ) {}

  /** Null when all that was due that day is submitted meanwhile, or due later. */
  private async due({ query, to, refs, now }: Asked): Promise<ReportsDue | null> {
    const dueOn = ref(refs, 'dueOn');
    const reports = await this.facts.due(query, to.id, dueOn);
    if (!reports.some((report) => report.dueOn === dueOn)) return null;
    const isOverdue = dueOn < parisDay(now);
    return { recipientName: to.name, link: this.links.to('/v1/me'), dueOn, isOverdue, reports: listed(reports) };
  }

  private async submitted(asked: Asked): Promise<ReportSubmitted | null> {
    const report = await this.report(asked, 'submitted');
    return report?.submittedAt ? { ...this.about(asked, report), submittedAt: report.submittedAt } : null;
  }

  private async toAmend(asked: Asked): Promise<ReportToAmend | null> {
    const report = await this.report(asked, 'to-amend');
    if (!report) return null;
    return { ...this.about(asked, report), asked: await this.facts.amendmentsAsked(asked.query, ref(asked.refs, 'reportId')) };
  }

  private async accepted(asked: Asked): Promise<ReportAccepted | null> {
    const report = await this.report(asked, 'accepted');
    return report && this.about(asked, report);
  }

  private async repayment({ query, to, refs }: Asked): Promise<RepaymentAsked | null> {
    const id = ref(refs, 'repaymentId');
    const repayment = await this.facts.repayment(query, id);
    if (repayment?.state !== 'asked') return null;
    const { state: _state, ...said } = repayment;
    return { ...said, recipientName: to.name, link: this.links.to(`/v1/repayments/${id}`) };
  }

  /** Null when it went on meanwhile: another message says so. */
  private async report({ query, refs }: Asked, state: string): Promise<ReportFacts | null> {
    const report = await this.facts.report(query, ref(refs, 'reportId'));
    return report?.state === state ? report : null;
  }

  private about({ to, refs }: Asked, { organisation, dossierNumber, actionTitle, year, isInterim }: ReportFacts): ReportAccepted {
    const link = this.links.to(`/v1/reports/${ref(refs, 'reportId')}`);
    return { recipientName: to.name, link, report: { organisation, dossierNumber, actionTitle, year }, isInterim };
  }
}
