import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { INSTANCE } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { close, reopen, stateOf, type AccountAct } from '../domain/account.js';
import { AccountErased } from '../domain/retention.errors.js';
import { AccountRepository } from '../persistence/account.repository.js';
import { GrantRepository } from '../persistence/grant.repository.js';
import { RetentionRepository } from '../persistence/retention.repository.js';
import { SessionRepository } from '../persistence/session.repository.js';
import { AccountLinks } from './account-links.js';
import { userView, type UserView } from './user-view.js';

export interface ChangeAccountStateCommand {
  readonly userId: string;
  readonly version: ExpectedVersion;
  readonly act: AccountAct;
}

/** Closes an account, at once for every session and link it had, or opens it again. */
@Injectable()
export class ChangeAccountState {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly grants: GrantRepository,
    private readonly sessions: SessionRepository,
    private readonly links: AccountLinks,
    private readonly retention: RetentionRepository,
  ) {}

  /** @throws NotFound, VersionRequired, StaleVersion, OwnAdministration, AccountErased, ActNotAllowed */
  execute({ userId, version, act }: ChangeAccountStateCommand, actor: Actor): Promise<UserView> {
    return this.work.run(actor, async (tx) => {
      authorize(actor, 'user.manage', [INSTANCE]);
      const before = await this.accounts.lock(tx.query, userId);
      assertVersion(version, before.version);
      if (act === 'enable' && (await this.retention.isErased(tx.query, userId))) throw new AccountErased();
      const after = act === 'disable' ? close(before, actor.id, tx.at) : reopen(before);
      const saved = await this.accounts.save(tx.query, after);
      if (act === 'disable') {
        await this.sessions.endAllOf(tx.query, userId, 'account-disabled', tx.at);
        await this.links.voidAllOf(tx, userId);
      }
      tx.audit(`account.${act}d`, { type: 'user', id: userId }, { state: stateOf(before) }, { state: stateOf(after) });
      return userView(saved, await this.grants.of(tx.query, [userId]));
    });
  }
}
