import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, visibleScopes } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { Organisation } from '../domain/organisation.js';
import { parseSiret } from '../domain/siret.js';
import { OrganisationRepository } from '../persistence/organisation.repository.js';

export interface OrganisationSearch {
  readonly siret?: string | undefined;
  readonly q?: string | undefined;
  readonly commune?: string | undefined;
}

@Injectable()
export class OrganisationsQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organisations: OrganisationRepository,
  ) {}

  list({ siret, ...search }: OrganisationSearch, page: PageRequest, actor: Actor): Promise<Page<Organisation>> {
    const scopes = visibleScopes(actor, 'organisation.read');
    return this.organisations.list(this.work.read, scopes, { ...search, siret: siret?.replace(/\s/g, '') }, page);
  }

  /** @throws NotFound */
  async get(id: string, actor: Actor): Promise<Organisation> {
    const organisation = await this.organisations.get(this.work.read, id);
    authorize(actor, 'organisation.read', (await this.organisations.perimeters(this.work.read, id)).full);
    return organisation;
  }

  /** For whoever knows the whole number, which is public, as its name is. @throws InvalidSiret, NotFound */
  async lookup(siret: string): Promise<Organisation> {
    return this.organisations.bySiret(this.work.read, parseSiret(siret));
  }
}
