import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { Committee } from '../domain/committee.js';
import { nextCommitteeState } from '../domain/committee.transitions.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { assertMayAct, auditedSession, type CommitteeCommand } from './committee-rights.js';
import { SessionMembers, type MemberCommand } from './session-members.js';

export interface ChangeCommitteeCommand extends CommitteeCommand {
  readonly title?: string;
  readonly heldOn?: Day;
  readonly place?: string | null;
  readonly quorum?: number;
  /** All of them, in the place of those there were. */
  readonly members?: readonly MemberCommand[];
}

/** Changes a session in preparation. Once convened, its members know what they were told. */
@Injectable()
export class ChangeCommittee {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
    private readonly members: SessionMembers,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, ActNotAllowed, MemberWithoutName, MemberUnknown */
  execute({ committeeId, version, members, ...changes }: ChangeCommitteeCommand, actor: Actor): Promise<Committee> {
    return this.work.run(actor, async (tx) => {
      const before = await this.committees.lock(tx.query, committeeId);
      assertMayAct(actor, 'committee.write', before, version);
      const state = nextCommitteeState(before.state, 'change');
      const { title = before.title, heldOn = before.heldOn, place = before.place, quorum = before.quorum } = changes;
      await this.committees.save(tx.query, { ...before, title, heldOn, place, quorum, state });
      if (members) await this.members.replace(tx, committeeId, members);
      const after = await this.committees.find(tx.query, committeeId);
      tx.audit('committee.changed', { type: 'committee', id: committeeId }, auditedSession(before), auditedSession(after));
      return after;
    });
  }
}
