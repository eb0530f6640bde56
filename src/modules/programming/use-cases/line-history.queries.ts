import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, may } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FUNDING_LINE_STATES, FUNDING_LINE_WORDS, publicLabel, publicStatus, type FundingLineState } from '../../funding/index.js';
import { entryForApplicant, entryForStaff, type HistoryEntry } from '../domain/line-history.js';
import { LineTrailRepository } from '../persistence/line-trail.repository.js';

const READS = Object.fromEntries(FUNDING_LINE_STATES.map((state) => [state, publicStatus(state)]));

/** The word of a state that is in the table of states. */
function wordsOf(state: string): { status: string; label: string } {
  const label = publicLabel(state as FundingLineState);
  return { status: publicStatus(state as FundingLineState), label: label.charAt(0).toUpperCase() + label.slice(1) };
}

/** The life of one euro, from the request to the end, as its reader may read it. */
@Injectable()
export class LineHistoryQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly trail: LineTrailRepository,
  ) {}

  /**
   * All of it for those who judge the line; for its own people, and for who must not judge them, what was told to the applicant.
   * @throws NotFound, for a draft too unless it is one's own
   */
  async of(lineId: string, page: PageRequest, actor: Actor): Promise<Page<HistoryEntry>> {
    const line = await this.trail.owner(this.work.read, lineId);
    const perimeter = line?.perimeter ?? [];
    authorize(
      actor,
      'funding-line.read-history',
      line?.submitted === true ? perimeter : perimeter.filter(({ kind }) => kind === 'organisation'),
    );
    if (!line) throw new NotFound();
    const judges = line.submitted && may(actor, 'funding-line.read', perimeter) && !actor.recusedFrom.has(line.organisationId);
    const found = await this.trail.page(this.work.read, lineId, judges ? null : READS, page);
    const entry = judges
      ? (row: (typeof found.rows)[number]) => entryForStaff(row, FUNDING_LINE_WORDS.states)
      : (row: (typeof found.rows)[number]) => entryForApplicant(row, wordsOf);
    return { ...found, rows: found.rows.map(entry) };
  }
}
