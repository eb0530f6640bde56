import { Injectable } from '@nestjs/common';
import type { Actor, Role } from '../../../platform/auth/actor.js';
import type { Perimeter } from '../../../platform/auth/perimeter.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { DossierFile } from '../../dossiers/index.js';
import { FundingLines, type FundingLine, type FundingLineState, type LineInHand } from '../../funding/index.js';
import type { Report } from '../domain/report.js';
import { ReportRepository } from '../persistence/report.repository.js';

/** A report, and from where it is seen: by its organisation only, as long as it was never submitted. */
export type FiledReport = Report & { readonly perimeter: Perimeter };

/** Granted and told to the applicant, and not given up: what a report may speak of. */
const REPORTED: ReadonlySet<FundingLineState> = new Set<FundingLineState>([
  ...(['announced', 'act-generated', 'signed', 'notified', 'partly-paid', 'paid'] as const),
  ...(['to-justify', 'report-submitted', 'to-amend', 'justified', 'repayment-due', 'closed', 'not-carried-out'] as const),
]);

/** A report is still to be submitted for them. */
export const OWING: ReadonlySet<FundingLineState> = new Set<FundingLineState>([
  'notified',
  'partly-paid',
  'paid',
  'to-justify',
  'to-amend',
]);

@Injectable()
export class ReportFile {
  constructor(
    private readonly reports: ReportRepository,
    private readonly dossiers: DossierFile,
    private readonly lines: FundingLines,
  ) {}

  /** @throws NotFound */
  async lock(tx: Tx, id: string): Promise<FiledReport> {
    return this.filed(tx.query, await this.reports.lock(tx.query, id));
  }

  /** @throws NotFound */
  async read(query: Query, id: string): Promise<FiledReport> {
    return this.filed(query, await this.reports.get(query, id));
  }

  /** The lines of an action and a year that a report may speak of, in the order of their ids. */
  async linesOf(query: Query, actionId: string, year: number): Promise<readonly FundingLine[]> {
    return (await this.lines.ofAction(query, actionId)).filter((line) => line.year === year && REPORTED.has(line.state));
  }

  /** The same, locked, with what rights over them follow from. */
  async lockLinesOf(tx: Tx, actionId: string, year: number): Promise<readonly LineInHand[]> {
    const lines = await this.linesOf(tx.query, actionId, year);
    const hands = await this.lines.lockAllForInstruction(
      tx,
      lines.map(({ id }) => id),
    );
    return hands.filter(({ line }) => REPORTED.has(line.state));
  }

  private async filed(query: Query, report: Report): Promise<FiledReport> {
    const own = { kind: 'organisation', code: report.organisationId } as const;
    return { ...report, perimeter: report.submittedAt === null ? [own] : await this.dossiers.perimeterOf(query, report.dossierId) };
  }
}

const MEMBERS: readonly Role[] = ['applicant', 'signatory', 'organisation-administrator'];

/** Whether what funders think among themselves may be read: never by the organisation's own people, nor by who is in conflict with it. */
export function readsAsStaff(actor: Actor, roles: ReadonlySet<Role>, organisationId: string): boolean {
  return !actor.recusedFrom.has(organisationId) && !MEMBERS.some((role) => roles.has(role));
}
