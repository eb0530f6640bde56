import { Injectable } from '@nestjs/common';
import { AccountRepository } from '../persistence/account.repository.js';
import { AccountLinks } from './account-links.js';
import { Passwords } from './passwords.js';

export interface AcceptInvitationCommand {
  readonly token: string;
  readonly password: string;
  /** In place of the name that the inviter gave. */
  readonly name?: string | undefined;
}

@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: AccountLinks,
    private readonly passwords: Passwords,
  ) {}

  /** @throws TokenInvalid, TokenNoLongerValid */
  async execute({ token, password, name }: AcceptInvitationCommand): Promise<void> {
    await this.links.redeem(token, 'invitation', async (tx, account) => {
      const passwordHash = await this.passwords.hash(password);
      await this.accounts.save(tx.query, { ...account, name: name ?? account.name, passwordHash, emailConfirmedAt: tx.at });
      tx.audit('account.invitation-accepted', { type: 'user', id: account.id }, { state: 'invited' }, { state: 'confirmed' });
    });
  }
}
