import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { INSTANCE } from '../../../platform/auth/perimeter.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { checkGrant, type Grant, type GrantRequest } from '../domain/grant.js';
import { UnknownScope } from '../domain/identity.errors.js';
import { AccountRepository } from '../persistence/account.repository.js';
import { GrantRepository } from '../persistence/grant.repository.js';

export interface GiveRoleCommand extends GrantRequest {
  readonly userId: string;
}

@Injectable()
export class GiveRole {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly grants: GrantRepository,
  ) {}

  /** @throws NotFound, SelfGrant, RoleNotForScope, UnknownScope, GrantAlreadyHeld */
  execute({ userId, role, scope }: GiveRoleCommand, actor: Actor): Promise<Grant> {
    return this.work.run(actor, async (tx) => {
      authorize(actor, 'user.manage', [INSTANCE]);
      const account = await this.accounts.lock(tx.query, userId);
      const grant = await this.within(tx, actor, userId, { role, scope }, '/scope');
      await this.accounts.save(tx.query, account);
      return grant;
    });
  }

  /** Gives the role inside another act. */
  async within(tx: Tx, actor: Actor, userId: string, request: GrantRequest, pointer: string): Promise<Grant> {
    checkGrant(request, actor.id, userId, pointer);
    const { role, scope } = request;
    if (!(await this.grants.scopeExists(tx.query, scope))) throw new UnknownScope(scope.kind, scope.code, pointer);
    const grant: Grant = { id: newId(), userId, role, scope, grantedAt: tx.at, revokedAt: null };
    await this.grants.add(tx.query, grant, actor.kind === 'user' ? actor.id : null);
    tx.audit('grant.given', { type: 'grant', id: grant.id }, null, { userId, role, scope });
    return grant;
  }
}
