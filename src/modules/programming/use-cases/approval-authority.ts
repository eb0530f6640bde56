import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Actor, Role } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Authority, LineInHand } from '../../funding/index.js';
import { SignatureDelegationRepository } from '../persistence/signature-delegation.repository.js';

/** By what right someone approves a line of programme 147, or comes back on its approval. */
@Injectable()
export class ApprovalAuthority {
  constructor(private readonly delegations: SignatureDelegationRepository) {}

  /** `roles`: those held over the places where the State decides on the line. */
  async of(tx: Tx, actor: Actor, { line, funderSectors }: LineInHand, roles: ReadonlySet<Role>, today: Day): Promise<Authority> {
    if (roles.has('prefecture')) return { kind: 'prefecture' };
    return { kind: 'delegate', delegation: await this.delegations.inForce(tx.query, actor.id, line.funderId, funderSectors, today) };
  }
}
