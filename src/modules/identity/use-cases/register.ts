import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { isInvited, type Account } from '../domain/account.js';
import { AccountRepository } from '../persistence/account.repository.js';
import { AccountLinks } from './account-links.js';
import { Passwords } from './passwords.js';

export interface RegisterCommand {
  readonly email: string;
  readonly password: string;
  readonly name: string;
}

/** Anyone may open an account; it gives no right. What happened shows only in the mail box, so that nobody learns which addresses are known. */
@Injectable()
export class Register {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly links: AccountLinks,
    private readonly passwords: Passwords,
  ) {}

  async execute({ email, password, name }: RegisterCommand): Promise<void> {
    // Before looking whether the account exists: the answer takes as long either way.
    const passwordHash = await this.passwords.hash(password);
    await this.work.run(SYSTEM, async (tx) => {
      const fresh: Account = { id: newId(), email, name, passwordHash, emailConfirmedAt: null, disabledAt: null, version: 1 };
      if (await this.accounts.addIfAbsent(tx.query, fresh)) {
        await this.links.send(tx, fresh.id, 'confirm-email');
        tx.audit('account.registered', { type: 'user', id: fresh.id }, null, { state: 'unconfirmed' });
        return;
      }
      const known = await this.accounts.lockByEmail(tx.query, email);
      if (known && known.emailConfirmedAt === null && known.disabledAt === null) await this.again(tx, known, fresh);
    });
  }

  /**
   * The last to register wins and earlier links are void: whoever holds the mail box confirms the password of the last message. An invited account
   * may already hold roles: it is only invited again, so that nobody chooses its password but its holder.
   */
  private async again(tx: Tx, known: Account, { name, passwordHash }: Account): Promise<void> {
    if (isInvited(known)) {
      await this.links.send(tx, known.id, 'invitation');
      return;
    }
    if (!(await this.links.send(tx, known.id, 'confirm-email'))) return;
    await this.accounts.save(tx.query, { ...known, name, passwordHash });
    tx.audit('account.registered', { type: 'user', id: known.id }, null, { state: 'unconfirmed', again: true });
  }
}
