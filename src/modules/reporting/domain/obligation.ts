import type { Day } from '../../../kernel/day.js';
import type { ReportState } from './report.transitions.js';

/** A report that an action owes for a year, as long as it is not submitted, or has to be amended. */
export interface ReportDue {
  readonly actionId: string;
  readonly actionTitle: string;
  readonly dossierId: string;
  readonly dossierNumber: string;
  readonly callId: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly year: number;
  readonly dueOn: Day;
  /** Not submitted, and past its due day. */
  readonly overdue: boolean;
  readonly report: { readonly id: string; readonly state: ReportState; readonly version: number } | null;
  /** The lines that wait for it, with the version that an act on them says. */
  readonly lines: readonly { readonly id: string; readonly version: number; readonly funderName: string; readonly state: string }[];
  /** The live block that it put on the organisation. */
  readonly block: { readonly id: string; readonly version: number; readonly sentence: string } | null;
}

export interface ReportDueFilter {
  readonly year?: number;
  readonly callId?: string;
  readonly funderId?: string;
  readonly organisationId?: string;
  readonly overdue?: boolean;
  /** Organisations whose files the reader must not judge. */
  readonly exceptOrganisations?: readonly string[];
}
