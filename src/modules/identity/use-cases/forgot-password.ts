import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AccountRepository } from '../persistence/account.repository.js';
import { AccountLinks } from './account-links.js';

@Injectable()
export class ForgotPassword {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly links: AccountLinks,
  ) {}

  /** Mails a link if the account exists and is open; says nothing either way. */
  async execute(email: string): Promise<void> {
    await this.work.run(SYSTEM, async (tx) => {
      const account = await this.accounts.lockByEmail(tx.query, email);
      if (!account || account.disabledAt !== null) return;
      if (await this.links.send(tx, account.id, 'reset-password')) {
        tx.audit('account.password-reset-asked', { type: 'user', id: account.id }, null, null);
      }
    });
  }
}
