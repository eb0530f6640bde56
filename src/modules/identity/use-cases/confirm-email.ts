import { Injectable } from '@nestjs/common';
import { AccountRepository } from '../persistence/account.repository.js';
import { AccountLinks } from './account-links.js';

@Injectable()
export class ConfirmEmail {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: AccountLinks,
  ) {}

  /** @throws TokenInvalid, TokenNoLongerValid */
  async execute(token: string): Promise<void> {
    await this.links.redeem(token, 'confirm-email', async (tx, account) => {
      await this.accounts.save(tx.query, { ...account, emailConfirmedAt: tx.at });
      tx.audit('account.confirmed', { type: 'user', id: account.id }, { state: 'unconfirmed' }, { state: 'confirmed' });
    });
  }
}
