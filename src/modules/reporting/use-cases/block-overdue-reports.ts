import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { advance, FundingLines, type LineInHand } from '../../funding/index.js';
import { OrganisationBlocks } from '../../organisations/index.js';
import { audited } from '../../programming/index.js';
import { overdueSentence } from '../domain/block-sentence.js';
import { isOverdue } from '../domain/due-date.js';
import { ObligationRepository, type ActionYear } from '../persistence/obligation.repository.js';
import { lineObject } from './line-rights.js';
import { OWING, ReportFile } from './report-file.js';

/**
 * Marks the reports that are late: their lines are to be justified, and their organisation can't ask again until they are submitted. Lifts the
 * blocks that nothing explains any more. Running it again changes nothing.
 */
@Injectable()
export class BlockOverdueReports {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly obligations: ObligationRepository,
    private readonly file: ReportFile,
    private readonly lines: FundingLines,
    private readonly blocks: OrganisationBlocks,
  ) {}

  /** How many blocks were put. One transaction each, so that one which fails holds back no other. @throws AggregateError of those that failed */
  async execute(): Promise<number> {
    const today = parisDay(this.clock.now());
    const failures: unknown[] = [];
    const count = async (found: readonly ActionYear[], act: (of: ActionYear) => Promise<boolean>): Promise<number> => {
      let done = 0;
      for (const each of found) {
        try {
          if (await act(each)) done++;
        } catch (error) {
          failures.push(error);
        }
      }
      return done;
    };
    const put = await count(await this.obligations.lateUnblocked(this.work.read, today), (late) => this.block(late));
    await count(await this.obligations.blockedForNothing(this.work.read, today), (over) => this.lift(over));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} overdue reports could not be marked`);
    return put;
  }

  /** The lines are locked first, as they are by who submits the report: it is looked at after that. False when it was submitted meanwhile. */
  private block({ actionId, year }: ActionYear): Promise<boolean> {
    return this.work.run(SYSTEM, async (tx) => {
      const hands = (await this.file.lockLinesOf(tx, actionId, year)).filter(({ line }) => OWING.has(line.state));
      const late = await this.obligations.of(tx.query, actionId, year);
      if (!late || late.submittedAt !== null || !isOverdue(late.dueOn, parisDay(tx.at))) return false;
      this.askReports(tx, hands);
      const sentence = overdueSentence({ ...late, funders: hands.map(({ funder }) => funder.name) });
      const { organisationId, dueOn } = late;
      return (await this.blocks.put(tx, { organisationId, cause: 'report-overdue', actionId, year, dueOn, sentence })) !== null;
    });
  }

  private lift({ actionId, year }: ActionYear): Promise<boolean> {
    return this.work.run(SYSTEM, async (tx) => {
      const owed = await this.obligations.of(tx.query, actionId, year);
      if (owed?.submittedAt === null && isOverdue(owed.dueOn, parisDay(tx.at))) return false;
      return (await this.blocks.liftBecause(tx, 'report-overdue', actionId, year)) !== null;
    });
  }

  private askReports(tx: Tx, hands: readonly LineInHand[]): void {
    const asked = hands.filter(({ line }) => line.state !== 'to-justify' && line.state !== 'to-amend');
    const after = this.lines.carryOutTogether(
      tx,
      SYSTEM,
      asked.map(({ line }) => ({ line, decision: advance(line, 'ask-report') })),
    );
    after.forEach((line, rank) => {
      const before = asked[rank]?.line;
      if (before) tx.audit('funding-line.report-asked', lineObject(line.id), audited(before), audited(line));
    });
  }
}
