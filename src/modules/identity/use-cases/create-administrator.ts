import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import { OneTimeTokens } from '../../../platform/auth/one-time-tokens.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { isInvited, type Account } from '../domain/account.js';
import type { GrantRequest } from '../domain/grant.js';
import { AccountDisabled, AdministratorAlready } from '../domain/identity.errors.js';
import { AccountRepository } from '../persistence/account.repository.js';
import { GrantRepository } from '../persistence/grant.repository.js';
import { AccountLinks } from './account-links.js';
import { GiveRole } from './give-role.js';

const ADMINISTRATION: GrantRequest = { role: 'administrator', scope: { kind: 'instance', code: '*' } };

/** `token` opens the account, once; null when the person already has a password. */
export interface AdministratorCreated {
  readonly userId: string;
  readonly token: string | null;
}

/** The first administrator, made by who runs the machine. */
@Injectable()
export class CreateAdministrator {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly grants: GrantRepository,
    private readonly giveRole: GiveRole,
    private readonly links: AccountLinks,
    private readonly oneTimeTokens: OneTimeTokens,
  ) {}

  /** @throws AdministratorAlready, AccountDisabled */
  async execute(email: string): Promise<AdministratorCreated> {
    const made = await this.work.run(SYSTEM, async (tx) => {
      const account = await this.accountOf(tx, email);
      const held = await this.grants.of(tx.query, [account.id]);
      if (held.some(({ role }) => role === 'administrator')) throw new AdministratorAlready();
      await this.giveRole.within(tx, SYSTEM, account.id, ADMINISTRATION, '/scope');
      return { userId: account.id, tokenId: isInvited(account) ? await this.links.make(tx, account.id, 'invitation') : null };
    });
    return { userId: made.userId, token: made.tokenId === null ? null : this.oneTimeTokens.tokenOf(made.tokenId) };
  }

  /** The account at this address, made when there is none. An unconfirmed password is dropped, with its links: anyone may have chosen it. */
  private async accountOf(tx: Tx, email: string): Promise<Account> {
    const fresh: Account = {
      id: newId(),
      email,
      name: 'Administration',
      passwordHash: null,
      emailConfirmedAt: null,
      disabledAt: null,
      version: 1,
    };
    if (await this.accounts.addIfAbsent(tx.query, fresh)) return fresh;
    const known = await this.accounts.lockByEmail(tx.query, email);
    if (!known || known.disabledAt !== null) throw new AccountDisabled();
    if (known.emailConfirmedAt !== null) return known;
    await this.links.voidAllOf(tx, known.id);
    return this.accounts.save(tx.query, { ...known, passwordHash: null });
  }
}
