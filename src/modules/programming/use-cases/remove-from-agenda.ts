import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { refuseRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { canLine, FundingLines, takeOffAgenda } from '../../funding/index.js';
import { LinesUnknown, LineStillToDecide } from '../domain/committee.errors.js';
import type { Committee } from '../domain/committee.js';
import { nextCommitteeState } from '../domain/committee.transitions.js';
import { CommitteeAgenda } from '../persistence/committee-agenda.repository.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { assertMayAct } from './committee-rights.js';
import { audited } from './line-rights.js';
import type { AgendaCommand } from './put-on-agenda.js';
import { Refusals } from './refusals.js';

/**
 * Takes lines off the agenda, and out of the scenarios, until the session is held. Then a line is decided, be it adjourned; but one that was
 * withdrawn or decided elsewhere meanwhile leaves, or nothing could be applied any more.
 */
@Injectable()
export class RemoveFromAgenda {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
    private readonly agenda: CommitteeAgenda,
    private readonly lines: FundingLines,
  ) {}

  /** @throws NotFound, Forbidden, Recused, StaleVersion, ActNotAllowed, LinesUnknown, LinesRefused */
  execute({ committeeId, version, lineIds }: AgendaCommand, actor: Actor): Promise<Committee> {
    return this.work.run(actor, async (tx) => {
      const before = await this.committees.lock(tx.query, committeeId);
      assertMayAct(actor, 'committee.write', before, version);
      const isHeld = before.state === 'held';
      const state = nextCommitteeState(before.state, isHeld ? 'drop-lapsed' : 'remove-from-agenda');
      const listed = new Set((await this.agenda.entries(tx.query, committeeId)).map(({ lineId }) => lineId));
      const unknown = lineIds.flatMap((lineId, index) => (listed.has(lineId) ? [] : [`/lineIds/${index}`]));
      if (unknown.length > 0) throw new LinesUnknown(unknown);
      const lines = (await this.lines.lockAllForInstruction(tx, lineIds)).map(({ line }) => line);
      const refusals = new Refusals();
      for (const line of lines) {
        refusals.attempt(`/lineIds/${lineIds.indexOf(line.id)}`, () => {
          refuseRecused(actor, line.organisationId);
          if (isHeld && canLine(line.state, 'give-unfavourable')) throw new LineStillToDecide();
        });
      }
      refusals.assertNone();
      const taken = lines.filter((line) => canLine(line.state, 'take-off-agenda')).map((line) => ({ line, decision: takeOffAgenda(line) }));
      const after = this.lines.carryOutTogether(tx, actor, taken);
      this.agenda.remove(tx, committeeId, lineIds);
      for (const [index, { line }] of taken.entries()) {
        const left = after[index];
        if (left) tx.audit('funding-line.taken-off-agenda', { type: 'funding-line', id: line.id }, audited(line), audited(left));
      }
      tx.audit('committee.lines-taken-off-agenda', { type: 'committee', id: committeeId }, { lineIds }, null);
      return this.committees.save(tx.query, { ...before, state, lineCount: before.lineCount - lineIds.length });
    });
  }
}
