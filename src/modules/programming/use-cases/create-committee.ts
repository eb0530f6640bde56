import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation } from '../../../platform/auth/authorizer.js';
import { CONTRACT } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Calls, UnknownCall } from '../../calls/index.js';
import type { Committee } from '../domain/committee.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { auditedSession } from './committee-rights.js';
import { SessionMembers, type MemberCommand } from './session-members.js';

export interface CreateCommitteeCommand {
  readonly callId: string;
  readonly title: string;
  readonly heldOn: Day;
  readonly place?: string;
  readonly quorum: number;
  readonly members: readonly MemberCommand[];
}

/** The coordination prepares a session of the committee for one call. */
@Injectable()
export class CreateCommittee {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
    private readonly members: SessionMembers,
    private readonly calls: Calls,
  ) {}

  /** @throws Forbidden, UnknownCall, MemberWithoutName, MemberUnknown */
  execute({ members, place, ...command }: CreateCommitteeCommand, actor: Actor): Promise<Committee> {
    return this.work.run(actor, async (tx) => {
      authorizeCreation(actor, 'committee.write', [CONTRACT]);
      const call = await this.calls.byId(tx.query, command.callId);
      if (!call || call.state === 'draft') throw new UnknownCall();
      const id = newId();
      await this.committees.create(tx, { ...command, id, place: place ?? null }, actor.id);
      await this.members.replace(tx, id, members);
      const created = await this.committees.find(tx.query, id);
      tx.audit('committee.created', { type: 'committee', id }, null, auditedSession(created));
      return created;
    });
  }
}
