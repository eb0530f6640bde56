import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import type { Listed, ToSomeone, WithLink } from './mail-parts.js';

/** A report, as people tell it from another. */
export interface ReportRef {
  readonly organisation: string;
  readonly dossierNumber: string;
  readonly actionTitle: string;
  readonly year: number;
}

export interface ReportOwed extends ReportRef {
  readonly dueOn: Day;
}

export interface ReportsDue extends ToSomeone, WithLink {
  readonly dueOn: Day;
  readonly isOverdue: boolean;
  /** Those due that day, then those that are late. */
  readonly reports: Listed<ReportOwed>;
}

export interface AboutReport extends ToSomeone, WithLink {
  readonly report: ReportRef;
  readonly isInterim: boolean;
}

export interface ReportSubmitted extends AboutReport {
  readonly submittedAt: Date;
}

export interface ReportToAmend extends AboutReport {
  readonly asked: readonly { readonly funder: string; readonly reason: string }[];
}

export type ReportAccepted = AboutReport;

export interface RepaymentAsked extends ToSomeone, WithLink, ReportRef {
  readonly funder: string;
  readonly amountCents: Money;
  readonly reason: string;
  readonly dueOn: Day;
  readonly titleReference: string | null;
}
