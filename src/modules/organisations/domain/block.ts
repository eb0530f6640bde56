import type { Day } from '../../../kernel/day.js';
import { RuleRefused } from '../../../kernel/errors.js';

/** What forbids an organisation to ask for money again: the report of an action and a year, not submitted when it was due. */
export interface OrganisationBlock {
  readonly id: string;
  readonly organisationId: string;
  readonly cause: 'report-overdue';
  readonly actionId: string;
  readonly year: number;
  readonly dueOn: Day;
  /** Which report, and who can lift it: what the applicant is told. */
  readonly sentence: string;
  readonly version: number;
  readonly putAt: Date;
  readonly liftedAt: Date | null;
  readonly liftReason: string | null;
}

/** The organisation is blocked: the sentence names the report and who can lift the block. */
export class ReportOverdue extends RuleRefused {
  constructor(sentence: string) {
    super('REPORT_OVERDUE', sentence);
  }
}

/** It was lifted meanwhile, by someone or by the report itself. */
export class BlockLifted extends RuleRefused {
  constructor() {
    super('BLOCK_LIFTED', 'Ce blocage est déjà levé.');
  }
}
