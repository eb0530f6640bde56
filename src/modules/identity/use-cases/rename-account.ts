import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AccountRepository } from '../persistence/account.repository.js';

export interface RenameAccountCommand {
  readonly name: string;
  readonly version: ExpectedVersion;
}

/** A person changes the name they go by. */
@Injectable()
export class RenameAccount {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountRepository,
  ) {}

  /** @throws VersionRequired, StaleVersion */
  async execute({ name, version }: RenameAccountCommand, actor: Actor): Promise<void> {
    await this.work.run(actor, async (tx) => {
      const account = await this.accounts.lock(tx.query, actor.id);
      assertVersion(version, account.version);
      await this.accounts.save(tx.query, { ...account, name });
      tx.audit('account.renamed', { type: 'user', id: actor.id }, null, null);
    });
  }
}
