import { Injectable } from '@nestjs/common';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor, RoleGrant } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AccountDirectory, RenameAccount, type PersonCard } from '../../identity/index.js';
import type { MembershipView } from '../domain/membership.view.js';
import { MembershipRepository } from '../persistence/membership.repository.js';

/** A person as they see themself: every right they hold now, those of their memberships included. */
export interface MyAccount extends PersonCard {
  readonly grants: readonly RoleGrant[];
  readonly memberships: readonly MembershipView[];
}

@Injectable()
export class Me {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountDirectory,
    private readonly renameAccount: RenameAccount,
    private readonly memberships: MembershipRepository,
  ) {}

  async read(actor: Actor): Promise<MyAccount> {
    const person = await this.accounts.person(this.work.read, actor.id);
    return { ...person, grants: actor.grants, memberships: await this.memberships.ofPerson(this.work.read, actor.id) };
  }

  /** @throws VersionRequired, StaleVersion */
  async rename(name: string, version: ExpectedVersion, actor: Actor): Promise<MyAccount> {
    await this.renameAccount.execute({ name, version }, actor);
    return this.read(actor);
  }
}
