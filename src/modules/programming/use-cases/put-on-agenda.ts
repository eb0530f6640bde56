import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { refuseRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FundingLines, putOnAgenda, type Decision, type FundingLine, type FundingLineState, type LineInHand } from '../../funding/index.js';
import { LineNotInstructed, LineOfAnotherCall, LineOnAnotherAgenda } from '../domain/committee.errors.js';
import type { Committee } from '../domain/committee.js';
import { nextCommitteeState } from '../domain/committee.transitions.js';
import { CommitteeAgenda } from '../persistence/committee-agenda.repository.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { assertMayAct, type CommitteeCommand } from './committee-rights.js';
import { audited } from './line-rights.js';
import { Refusals } from './refusals.js';

export interface AgendaCommand extends CommitteeCommand {
  readonly lineIds: readonly string[];
}

/** Nobody gave an opinion on it yet. */
const NOT_INSTRUCTED: ReadonlySet<FundingLineState> = new Set<FundingLineState>(['requested', 'taken-up']);

/** Puts instructed lines of the call on the agenda, after those already there: all or none. */
@Injectable()
export class PutOnAgenda {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
    private readonly agenda: CommitteeAgenda,
    private readonly lines: FundingLines,
  ) {}

  /** @throws NotFound, Forbidden, Recused, StaleVersion, ActNotAllowed, LinesRefused */
  execute({ committeeId, version, lineIds }: AgendaCommand, actor: Actor): Promise<Committee> {
    return this.work.run(actor, async (tx) => {
      const before = await this.committees.lock(tx.query, committeeId);
      assertMayAct(actor, 'committee.write', before, version);
      const state = nextCommitteeState(before.state, 'put-on-agenda');
      const hands = new Map((await this.lines.lockAllForInstruction(tx, lineIds)).map((hand) => [hand.line.id, hand]));
      const elsewhere = await this.agenda.elsewhere(tx.query, lineIds);
      const refusals = new Refusals();
      const decided = lineIds.flatMap(
        (lineId, index) => refusals.attempt(`/lineIds/${index}`, () => enter(actor, before, hands.get(lineId), elsewhere)) ?? [],
      );
      refusals.assertNone();
      const after = this.lines.carryOutTogether(tx, actor, decided);
      this.agenda.add(tx, committeeId, lineIds);
      for (const [index, { line }] of decided.entries()) {
        const entered = after[index];
        if (entered) tx.audit('funding-line.put-on-agenda', { type: 'funding-line', id: line.id }, audited(line), audited(entered));
      }
      tx.audit('committee.lines-put-on-agenda', { type: 'committee', id: committeeId }, null, { lineIds });
      return this.committees.save(tx.query, { ...before, state, lineCount: before.lineCount + lineIds.length });
    });
  }
}

/** @throws NotFound, Recused, LineOfAnotherCall, LineNotInstructed, LineOnAnotherAgenda, ActNotAllowed */
function enter(
  actor: Actor,
  committee: Committee,
  hand: LineInHand | undefined,
  elsewhere: ReadonlySet<string>,
): { line: FundingLine; decision: Decision<FundingLine> } {
  if (!hand) throw new NotFound();
  const { line } = hand;
  refuseRecused(actor, line.organisationId);
  if (line.callId !== committee.callId) throw new LineOfAnotherCall();
  if (NOT_INSTRUCTED.has(line.state)) throw new LineNotInstructed();
  if (elsewhere.has(line.id)) throw new LineOnAnotherAgenda();
  return { line, decision: putOnAgenda(line) };
}
