export { ReportingModule } from './reporting.module.js';
export { BlockOverdueReports } from './use-cases/block-overdue-reports.js';
export { REPORT_INVARIANTS } from './persistence/report-invariants.js';
