import { Injectable } from '@nestjs/common';
import { NotFound, StaleVersion } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import { type Money, ZERO } from '../../../kernel/money.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { rebase, type PocketLimit } from '../domain/pocket-limit.js';
import { PocketLimitRepository } from '../persistence/pocket-limit.repository.js';

export interface EnterPocketLimitCommand {
  readonly departmentCode: string;
  readonly year: number;
  /** None is due the first time. */
  readonly version: ExpectedVersion;
  /** The département's whole programme 147 of that year. */
  readonly baseCents: Money;
  readonly source: string;
}

/** The prefecture enters what its département has of programme 147, with its source: poverty pockets may take 2.5 % of it. */
@Injectable()
export class EnterPocketLimit {
  constructor(
    private readonly work: UnitOfWork,
    private readonly limits: PocketLimitRepository,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, PocketLimitBelowUse */
  execute({ departmentCode, year, version, ...entered }: EnterPocketLimitCommand, actor: Actor): Promise<PocketLimit> {
    return this.work.run(actor, async (tx) => {
      if (!(await this.limits.departmentExists(tx.query, departmentCode))) throw new NotFound();
      authorizeCreation(actor, 'pocket-limit.enter', [{ kind: 'department', code: departmentCode }]);
      const before = await this.limits.lock(tx.query, departmentCode, year);
      const by = { enteredBy: actor.id, enteredAt: tx.at };
      if (before === undefined) {
        const limit = { id: newId(), departmentCode, year, ...entered, usedCents: ZERO, version: 1, ...by };
        if (!(await this.limits.add(tx.query, limit))) throw new StaleVersion(1);
        tx.audit('pocket-limit.entered', { type: 'pocket-limit', id: limit.id }, null, limit);
        return limit;
      }
      assertVersion(version, before.version);
      const after = { ...rebase(before, entered), version: before.version + 1, ...by };
      this.limits.save(tx, after);
      tx.audit('pocket-limit.entered', { type: 'pocket-limit', id: before.id }, before, after);
      return after;
    });
  }
}
