import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { leave } from '../domain/membership.js';
import { MembershipRepository } from '../persistence/membership.repository.js';
import { facts } from './membership-facts.js';

/** A person takes their own request back, or leaves an organisation. */
@Injectable()
export class LeaveOrganisation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly memberships: MembershipRepository,
  ) {}

  /** @throws NotFound when it is someone else's, ActNotAllowed */
  async execute(membershipId: string, actor: Actor): Promise<void> {
    await this.work.run(actor, async (tx) => {
      const before = await this.memberships.lock(tx.query, membershipId);
      if (before.userId !== actor.id) throw new NotFound();
      const after = leave(before, tx.at);
      await this.memberships.save(tx.query, after);
      tx.audit('membership.leave', { type: 'membership', id: membershipId }, facts(before), facts(after));
    });
  }
}
