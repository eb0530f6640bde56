import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { ActorLoader, type Actor, type RoleGrant } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { RightsRepository } from '../persistence/rights.repository.js';

/** Reads at each request what the signed-in person may do now, so that a right withdrawn stops at once. */
@Injectable()
export class RightsLoader extends ActorLoader {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly rights: RightsRepository,
  ) {
    super();
  }

  async load(userId: string, sessionId: string): Promise<Actor | null> {
    const found = await this.rights.of(this.work.read, userId, sessionId, this.clock.now());
    if (!found) return null;
    return {
      id: userId,
      kind: 'user',
      grants: found.rights.map(({ role, kind, code }) => ({ role, scope: { kind, code } }) as RoleGrant),
      recusedFrom: new Set(found.recusals),
    };
  }
}
