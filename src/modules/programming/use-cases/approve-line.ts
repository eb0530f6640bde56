import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { FundingLine } from '../../funding/index.js';
import type { DecidedLine } from '../domain/decided-line.js';
import { LineApproval, type ApproveLineCommand } from './line-approval.js';

/**
 * The State grants an amount of programme 147: its envelope commits it. By the prefecture, or by a delegate within a delegation of signature;
 * by two of them above the amount that the prefecture set.
 */
@Injectable()
export class ApproveLine {
  constructor(
    private readonly work: UnitOfWork,
    private readonly approval: LineApproval,
  ) {}

  /** @throws as `LineApproval.within` */
  execute(command: ApproveLineCommand, actor: Actor): Promise<DecidedLine<FundingLine>> {
    return this.work.run(actor, (tx) => this.approval.within(tx, command, actor));
  }
}
