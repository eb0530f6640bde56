import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { allRecusals, attend, type Committee } from '../domain/committee.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { assertMayAct, auditedSession, type CommitteeCommand } from './committee-rights.js';

export interface RecordAttendanceCommand extends CommitteeCommand {
  readonly presentMemberIds: readonly string[];
  readonly recusals: readonly { readonly memberId: string; readonly organisationId: string; readonly reason: string }[];
}

/** Who is there and who takes no part in what: what they declare, and what holds by itself. */
@Injectable()
export class RecordAttendance {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, ActNotAllowed, MemberUnknown, QuorumNotReached */
  execute({ committeeId, version, presentMemberIds, recusals }: RecordAttendanceCommand, actor: Actor): Promise<Committee> {
    return this.work.run(actor, async (tx) => {
      const before = await this.committees.lock(tx.query, committeeId);
      assertMayAct(actor, 'committee.write', before, version);
      const declared = recusals.map((recusal) => ({ ...recusal, source: 'declared' as const }));
      const automatic = await this.committees.automaticRecusals(tx.query, committeeId);
      const attended = attend(before, { presentMemberIds, recusals: allRecusals(declared, automatic) });
      await this.committees.saveAttendance(tx.query, attended);
      const after = await this.committees.save(tx.query, attended);
      tx.audit('committee.attendance-recorded', { type: 'committee', id: committeeId }, auditedSession(before), auditedSession(after));
      return after;
    });
  }
}
