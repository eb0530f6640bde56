import { Injectable } from '@nestjs/common';
import { AccountRepository } from '../persistence/account.repository.js';
import { SessionRepository } from '../persistence/session.repository.js';
import { SignInFailureRepository } from '../persistence/sign-in-failure.repository.js';
import { AccountLinks } from './account-links.js';
import { Passwords } from './passwords.js';
import { accountSubject } from './sign-in-subjects.js';

export interface ResetPasswordCommand {
  readonly token: string;
  readonly password: string;
}

@Injectable()
export class ResetPassword {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly failures: SignInFailureRepository,
    private readonly links: AccountLinks,
    private readonly passwords: Passwords,
  ) {}

  /** Whoever was signed in no longer is; the link came by mail, so the address is confirmed. @throws TokenInvalid, TokenNoLongerValid */
  async execute({ token, password }: ResetPasswordCommand): Promise<void> {
    await this.links.redeem(token, 'reset-password', async (tx, account) => {
      const passwordHash = await this.passwords.hash(password);
      await this.accounts.save(tx.query, { ...account, passwordHash, emailConfirmedAt: account.emailConfirmedAt ?? tx.at });
      await this.sessions.endAllOf(tx.query, account.id, 'password-changed', tx.at);
      await this.failures.forget(tx.query, accountSubject(account.email));
      tx.audit('account.password-reset', { type: 'user', id: account.id }, null, null);
    });
  }
}
