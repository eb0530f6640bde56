import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, visibleScopes } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { MembershipState } from '../domain/membership.js';
import type { MembershipView } from '../domain/membership.view.js';
import { MembershipRepository } from '../persistence/membership.repository.js';
import { OrganisationRepository } from '../persistence/organisation.repository.js';

@Injectable()
export class MembershipsQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  /** Those of the organisations whose members the actor sees. */
  list(state: MembershipState | undefined, page: PageRequest, actor: Actor): Promise<Page<MembershipView>> {
    return this.memberships.list(this.work.read, visibleScopes(actor, 'membership.read'), { state }, page);
  }

  /** @throws NotFound */
  async listOf(organisationId: string, state: MembershipState | undefined, page: PageRequest, actor: Actor): Promise<Page<MembershipView>> {
    const { full } = await this.organisations.perimeters(this.work.read, organisationId);
    authorize(actor, 'membership.read', full);
    return this.memberships.list(this.work.read, full, { organisationId, state }, page);
  }

  /** @throws NotFound */
  async get(id: string, actor: Actor): Promise<MembershipView> {
    const membership = await this.memberships.get(this.work.read, id);
    authorize(actor, 'membership.read', (await this.organisations.perimeters(this.work.read, membership.organisationId)).full);
    return membership;
  }
}
