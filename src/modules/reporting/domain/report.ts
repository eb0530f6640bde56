import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import { nextReportState, type ReportState } from './report.transitions.js';

/** Interim: of a year after which the action goes on, and which opens the next tranche. Final: what is unspent is asked back. */
export const REPORT_KINDS = ['interim', 'final'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export type IndicatorValue = number | string | boolean;

/** What was set in the dossier, and what came of it. `type` names what the values are: count, rate (0 to 100), amount (cents), boolean, date, text. */
export interface ReportedIndicator {
  readonly label: string;
  readonly type: string;
  readonly baseline: IndicatorValue | null;
  readonly target: IndicatorValue | null;
  readonly realised: IndicatorValue | null;
  readonly comment: string | null;
}

export interface BeneficiariesAchieved {
  readonly total: number;
  readonly women: number | null;
  readonly men: number | null;
  readonly fromQpv: number | null;
  readonly byAge: Readonly<Record<string, number>> | null;
  /** By slug of the QPV. */
  readonly byQpv: Readonly<Record<string, number>> | null;
}

/** The qualitative part (Cerfa 15059), and the two texts of the financial one. Empty or null: not said yet. */
export interface ReportContent {
  readonly carriedOut: string;
  readonly objectivesMet: string;
  readonly places: readonly string[];
  readonly startedOn: Day | null;
  readonly endedOn: Day | null;
  readonly beneficiaries: BeneficiariesAchieved | null;
  readonly indicators: readonly ReportedIndicator[];
  /** By which rule indirect costs were shared out to the action. */
  readonly sharingRule: string;
  readonly observations: string;
}

/** A row of the financial report. `plannedCents` null: the budget had none such; `realisedCents` null: not filled in yet. */
export interface ReportRow {
  readonly side: 'charge' | 'product';
  readonly account: string;
  readonly label: string | null;
  readonly funderId: string | null;
  readonly scheme: string | null;
  readonly plannedCents: Money | null;
  readonly realisedCents: Money | null;
  readonly explanation: string | null;
}

/** A file that goes with a report. Its SHA-256 is part of what the signatory attests. */
export interface ReportAttachment {
  readonly id: string;
  readonly fileId: string;
  readonly label: string;
  readonly name: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface ReportAttestation {
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
  readonly by: string;
  readonly at: Date;
}

/** The report of an action for a year, for all its funders. */
export interface Report {
  readonly id: string;
  readonly actionId: string;
  readonly dossierId: string;
  readonly callId: string;
  readonly organisationId: string;
  readonly year: number;
  readonly kind: ReportKind;
  readonly state: ReportState;
  readonly version: number;
  readonly content: ReportContent;
  readonly rows: readonly ReportRow[];
  readonly attachments: readonly ReportAttachment[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly attestation: ReportAttestation | null;
  readonly submittedAt: Date | null;
}

/** What the signatory attests: all that the organisation wrote, the content of its files by their hash, none of the versions. */
export function attestedReport({ actionId, year, kind, content, rows, attachments }: Report): object {
  return { actionId, year, kind, ...content, rows, attachments };
}

/** Its content changed: what was attested of it is void. @throws ActNotAllowed */
export function edited(report: Report, change: Partial<Pick<Report, 'content' | 'rows' | 'attachments'>>, at: Date): Report {
  const state = nextReportState(report.state, 'edit');
  return { ...report, ...change, state, version: report.version + 1, updatedAt: at, attestation: null };
}

/** @throws ActNotAllowed */
export function submitted(report: Report, attestation: ReportAttestation): Report {
  const { at } = attestation;
  return {
    ...report,
    state: nextReportState(report.state, 'submit'),
    version: report.version + 1,
    updatedAt: at,
    attestation,
    submittedAt: at,
  };
}

/** One funder's review. `isLast`: no other funder's line waits for one. @throws ActNotAllowed */
export function reviewed(report: Report, decision: ReviewDecision, isLast: boolean, at: Date): Report {
  const act = decision === 'ask-amendment' ? decision : isLast || report.state === 'accepted' ? 'accept' : 'accept-in-part';
  return { ...report, state: nextReportState(report.state, act), version: report.version + 1, updatedAt: at };
}

export const REVIEW_DECISIONS = ['accept', 'ask-amendment'] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];
