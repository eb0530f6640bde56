import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import type { MemberRole, Membership } from '../domain/membership.js';
import type { MembershipView } from '../domain/membership.view.js';
import { MembershipRepository } from '../persistence/membership.repository.js';
import { OrganisationRepository } from '../persistence/organisation.repository.js';

export interface AskToJoinCommand {
  readonly organisationId: string;
  readonly roles: readonly MemberRole[];
  readonly message?: string | undefined;
}

/** Anyone may ask; asking gives nothing. */
@Injectable()
export class AskToJoin {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  /** @throws NotFound, AlreadyMember */
  execute(command: AskToJoinCommand, actor: Actor): Promise<MembershipView> {
    return this.work.run(actor, async (tx) => {
      if (!(await this.organisations.exists(tx.query, command.organisationId))) throw new NotFound();
      return this.within(tx, actor, command);
    });
  }

  /** Asks inside another act. @throws AlreadyMember */
  async within(tx: Tx, actor: Actor, { organisationId, roles, message }: AskToJoinCommand): Promise<MembershipView> {
    const membership: Membership = {
      ...{
        id: newId(),
        organisationId,
        userId: actor.id,
        state: 'requested',
        roles,
        message: message ?? null,
        requestedAt: tx.at,
        version: 1,
      },
      ...{ decidedBy: null, decidedAt: null, decisionReason: null, endedBy: null, endedAt: null, endReason: null, verification: null },
    };
    await this.memberships.add(tx.query, membership);
    tx.audit('membership.requested', { type: 'membership', id: membership.id }, null, { organisationId, userId: actor.id, roles });
    tx.tell('membership.requested.v1', { membershipId: membership.id });
    return this.memberships.get(tx.query, membership.id);
  }
}
