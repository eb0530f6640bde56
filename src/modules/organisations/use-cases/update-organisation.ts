import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { Organisation, OrganisationChanges } from '../domain/organisation.js';
import { parseRna } from '../domain/rna.js';
import { OrganisationRepository } from '../persistence/organisation.repository.js';
import { Seat } from './seat.js';

export interface UpdateOrganisationCommand {
  readonly organisationId: string;
  readonly version: ExpectedVersion;
  readonly changes: OrganisationChanges;
}

@Injectable()
export class UpdateOrganisation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly seat: Seat,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, InvalidRna, UnknownCommune */
  execute({ organisationId, version, changes }: UpdateOrganisationCommand, actor: Actor): Promise<Organisation> {
    return this.work.run(actor, async (tx) => {
      const before = await this.organisations.lock(tx.query, organisationId);
      const { full } = await this.organisations.perimeters(tx.query, organisationId);
      authorize(actor, 'organisation.update', full, 'organisation.read');
      assertVersion(version, before.version);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as OrganisationChanges;
      const merged: Organisation = { ...before, ...given };
      const rna = merged.rna === null ? null : parseRna(merged.rna);
      const moves = given.inseeCode !== undefined || given.address !== undefined;
      const inseeCode = moves ? await this.seat.of(tx.query, merged.address, given.inseeCode) : before.inseeCode;
      const after = await this.organisations.save(tx.query, { ...merged, rna, inseeCode });
      tx.audit('organisation.updated', { type: 'organisation', id: organisationId }, seen(before), seen(after));
      return after;
    });
  }
}

/** What the record keeps: how to reach its people is no business of the record. */
function seen({ rna, name, legalForm, address, inseeCode }: Organisation): object {
  return { rna, name, legalForm, address, inseeCode };
}
