import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, refuseRecused } from '../../../platform/auth/authorizer.js';
import { rolesOver } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { decide, type Decision } from '../domain/membership.js';
import type { MembershipView } from '../domain/membership.view.js';
import { MembershipRepository } from '../persistence/membership.repository.js';
import { OrganisationRepository } from '../persistence/organisation.repository.js';
import { facts } from './membership-facts.js';

export interface DecideOnMembershipCommand {
  readonly membershipId: string;
  readonly version: ExpectedVersion;
  readonly decision: Decision;
}

/**
 * Lets someone into an organisation, or not, or no more: its administrator, an instructor of the commune where it is seated, or the coordination where
 * nobody instructs.
 * Who only instructs one of its dossiers from elsewhere sees its members and decides nothing.
 */
@Injectable()
export class DecideOnMembership {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  /** @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion, OwnMembership, ActNotAllowed */
  execute({ membershipId, version, decision }: DecideOnMembershipCommand, actor: Actor): Promise<MembershipView> {
    return this.work.run(actor, async (tx) => {
      const before = await this.memberships.lock(tx.query, membershipId);
      const { home, full } = await this.organisations.perimeters(tx.query, before.organisationId);
      authorize(actor, 'membership.read', full);
      authorizeCreation(actor, 'membership.grant', home);
      if (!rolesOver(actor, home).has('organisation-administrator')) refuseRecused(actor, before.organisationId);
      assertVersion(version, before.version);
      const after = decide(before, decision, actor.id, tx.at);
      await this.memberships.save(tx.query, after);
      tx.audit(`membership.${decision.act}`, { type: 'membership', id: membershipId }, facts(before), facts(after));
      tx.tell('membership.decided.v1', { membershipId });
      return this.memberships.get(tx.query, membershipId);
    });
  }
}
