import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { endEarly, type SignatureDelegation } from '../domain/signature-delegation.js';
import { SignatureDelegationRepository } from '../persistence/signature-delegation.repository.js';

export interface EndSignatureDelegationCommand {
  readonly delegationId: string;
  readonly version: ExpectedVersion;
  /** Its new last day, itself included. */
  readonly endsOn: Day;
  readonly reason: string;
}

/** The prefecture takes a delegation of signature back before its last day. What was approved under it stands. */
@Injectable()
export class EndSignatureDelegation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly delegations: SignatureDelegationRepository,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, DelegationEndsBeforeStart, DelegationEndsInPast, DelegationNotShortened */
  execute({ delegationId, version, endsOn, reason }: EndSignatureDelegationCommand, actor: Actor): Promise<SignatureDelegation> {
    return this.work.run(actor, async (tx) => {
      const { delegation: before, departmentCode } = await this.delegations.lock(tx.query, delegationId);
      const sight = await this.delegations.scopesOf(tx.query, delegationId);
      authorize(actor, 'signature-delegation.read', sight);
      authorizeCreation(actor, 'signature-delegation.grant', [{ kind: 'department', code: departmentCode }]);
      assertVersion(version, before.version);
      const after = endEarly(before, { endsOn, reason, today: parisDay(tx.at) });
      this.delegations.end(tx, after, actor.id);
      const { userName: _was, ...kept } = before;
      const { userName: _is, ...left } = after;
      tx.audit('signature-delegation.ended', { type: 'signature-delegation', id: delegationId }, kept, left);
      return after;
    });
  }
}
