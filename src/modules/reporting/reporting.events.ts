declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    /** A signatory attested a report, and its funders judge it. */
    'report.submitted.v1': { reportId: string };
    /** A funder asks that it be amended. */
    'report.amendment-asked.v1': { reportId: string; organisationId: string };
    /** Every funder accepted it. */
    'report.accepted.v1': { reportId: string; organisationId: string };
    /** A funder asks back what it paid. */
    'repayment.asked.v1': { repaymentId: string; organisationId: string };
  }
}

/** What this module's acts tell. */
export const REPORTING_EVENTS = ['report.submitted.v1', 'report.amendment-asked.v1', 'report.accepted.v1', 'repayment.asked.v1'] as const;
