import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { INSTANCE } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { checkEnd } from '../domain/grant.js';
import { AccountRepository } from '../persistence/account.repository.js';
import { GrantRepository } from '../persistence/grant.repository.js';

export interface EndRoleCommand {
  readonly userId: string;
  readonly grantId: string;
}

/** The row is ended, not deleted: who held which perimeter when stays known. */
@Injectable()
export class EndRole {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly grants: GrantRepository,
  ) {}

  /** @throws NotFound, GrantAlreadyEnded, OwnAdministration */
  async execute({ userId, grantId }: EndRoleCommand, actor: Actor): Promise<void> {
    await this.work.run(actor, async (tx) => {
      authorize(actor, 'user.manage', [INSTANCE]);
      const account = await this.accounts.lock(tx.query, userId);
      const grant = await this.grants.lock(tx.query, userId, grantId);
      checkEnd(grant, actor.id);
      await this.grants.end(tx.query, grantId, actor.id, tx.at);
      await this.accounts.save(tx.query, account);
      const { role, scope } = grant;
      tx.audit('grant.ended', { type: 'grant', id: grantId }, { userId, role, scope }, null);
    });
  }
}
