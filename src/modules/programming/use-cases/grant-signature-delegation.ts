import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { newId } from '../../../kernel/id.js';
import type { Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Funders, NotProgramme147, UnknownFunder } from '../../funding/index.js';
import { DelegationToSelf, NotADelegate, WrongSector } from '../domain/programming.errors.js';
import { assertDates, type SignatureDelegation } from '../domain/signature-delegation.js';
import { SignatureDelegationRepository } from '../persistence/signature-delegation.repository.js';

export interface GrantSignatureDelegationCommand {
  readonly userId: string;
  readonly funderId: string;
  readonly sectorCode?: string;
  readonly ceilingCents: Money;
  readonly validFrom: Day;
  readonly validUntil: Day;
  readonly reference: string;
}

/** The prefecture lets a delegate approve in its name, up to an amount a line. */
@Injectable()
export class GrantSignatureDelegation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly funders: Funders,
    private readonly delegations: SignatureDelegationRepository,
  ) {}

  /** @throws UnknownFunder, NotProgramme147, DelegationToSelf, DelegationEndsBeforeStart, WrongSector, NotADelegate, DelegationOverlaps */
  execute(command: GrantSignatureDelegationCommand, actor: Actor): Promise<SignatureDelegation> {
    return this.work.run(actor, async (tx) => {
      const [funder] = await this.funders.byIds(tx.query, [command.funderId]);
      if (!funder) throw new UnknownFunder();
      const { departmentCode } = funder;
      authorizeCreation(actor, 'signature-delegation.grant', departmentCode === null ? [] : [{ kind: 'department', code: departmentCode }]);
      if (!funder.isProgramme147 || departmentCode === null) throw new NotProgramme147();
      if (command.userId === actor.id) throw new DelegationToSelf();
      assertDates(command.validFrom, command.validUntil);
      const sectorCode = command.sectorCode ?? null;
      if (sectorCode !== null && !(await this.delegations.isSectorOf(tx.query, sectorCode, departmentCode))) throw new WrongSector();
      // Somebody unknown is refused by the reference itself.
      if ((await this.delegations.standingOf(tx.query, command.userId, sectorCode, departmentCode)) === 'other') throw new NotADelegate();
      const id = newId();
      await this.delegations.insert(tx.query, { ...command, id, sectorCode, grantedBy: actor.id, grantedAt: tx.at });
      const granted = await this.delegations.get(tx.query, id);
      if (!granted) throw new Error('the delegation just written is not there');
      const { userName: _, ...kept } = granted;
      tx.audit('signature-delegation.granted', { type: 'signature-delegation', id }, null, kept);
      return granted;
    });
  }
}
