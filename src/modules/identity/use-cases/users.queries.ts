import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation } from '../../../platform/auth/authorizer.js';
import { INSTANCE } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AccountRepository } from '../persistence/account.repository.js';
import { GrantRepository } from '../persistence/grant.repository.js';
import { userView, type UserView } from './user-view.js';

@Injectable()
export class UsersQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly grants: GrantRepository,
  ) {}

  /** Accounts with the roles they hold now. @throws Forbidden */
  async list(text: string | null, page: PageRequest, actor: Actor): Promise<Page<UserView>> {
    authorizeCreation(actor, 'user.manage', [INSTANCE]);
    const { rows, ...rest } = await this.accounts.list(this.work.read, text, page);
    const ids = rows.map(({ id }) => id);
    const grants = await this.grants.of(this.work.read, ids);
    return { rows: rows.map((account) => userView(account, grants)), ...rest };
  }

  /** One account with every role it holds or held. @throws NotFound */
  async get(id: string, actor: Actor): Promise<UserView> {
    authorize(actor, 'user.manage', [INSTANCE]);
    const account = await this.accounts.get(this.work.read, id);
    return userView(account, await this.grants.of(this.work.read, [id], true));
  }
}
