import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation } from '../../../platform/auth/authorizer.js';
import { INSTANCE } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { Account } from '../domain/account.js';
import type { GrantRequest } from '../domain/grant.js';
import { AccountRepository } from '../persistence/account.repository.js';
import { GrantRepository } from '../persistence/grant.repository.js';
import { AccountLinks } from './account-links.js';
import { GiveRole } from './give-role.js';
import { userView, type UserView } from './user-view.js';

export interface InviteUserCommand {
  readonly email: string;
  readonly name: string;
  readonly grants: readonly GrantRequest[];
}

@Injectable()
export class InviteUser {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly grants: GrantRepository,
    private readonly giveRole: GiveRole,
    private readonly links: AccountLinks,
  ) {}

  /** @throws EmailAlreadyKnown, RoleNotForScope, UnknownScope, GrantAlreadyHeld */
  execute({ email, name, grants }: InviteUserCommand, actor: Actor): Promise<UserView> {
    return this.work.run(actor, async (tx) => {
      authorizeCreation(actor, 'user.manage', [INSTANCE]);
      const account: Account = { id: newId(), email, name, passwordHash: null, emailConfirmedAt: null, disabledAt: null, version: 1 };
      await this.accounts.add(tx.query, account);
      tx.audit('account.invited', { type: 'user', id: account.id }, null, { state: 'invited' });
      for (const [index, request] of grants.entries()) {
        await this.giveRole.within(tx, actor, account.id, request, `/grants/${index}/scope`);
      }
      await this.links.send(tx, account.id, 'invitation');
      return userView(account, await this.grants.of(tx.query, [account.id]));
    });
  }
}
