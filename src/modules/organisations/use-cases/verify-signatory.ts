import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, refuseRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { verifySignatory } from '../domain/membership.js';
import type { MembershipView } from '../domain/membership.view.js';
import { MembershipRepository } from '../persistence/membership.repository.js';
import { OrganisationRepository } from '../persistence/organisation.repository.js';
import { facts } from './membership-facts.js';

export interface VerifySignatoryCommand {
  readonly membershipId: string;
  readonly version: ExpectedVersion;
  /** Which document was seen. */
  readonly evidence: string;
}

/** Someone who sees the organisation's dossiers has seen the document that says who signs for it. */
@Injectable()
export class VerifySignatory {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  /** @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion, OwnMembership, ActNotAllowed, NotASignatory, SignatoryAlreadyVerified */
  execute({ membershipId, version, evidence }: VerifySignatoryCommand, actor: Actor): Promise<MembershipView> {
    return this.work.run(actor, async (tx) => {
      const before = await this.memberships.lock(tx.query, membershipId);
      const { full } = await this.organisations.perimeters(tx.query, before.organisationId);
      authorize(actor, 'signatory.verify', full, 'membership.read');
      refuseRecused(actor, before.organisationId);
      assertVersion(version, before.version);
      const after = verifySignatory(before, evidence, actor.id, tx.at);
      await this.memberships.save(tx.query, after);
      tx.audit('membership.verify-signatory', { type: 'membership', id: membershipId }, facts(before), facts(after));
      return this.memberships.get(tx.query, membershipId);
    });
  }
}
