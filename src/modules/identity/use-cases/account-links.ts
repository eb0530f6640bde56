import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import { OneTimeTokens } from '../../../platform/auth/one-time-tokens.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import type { Account } from '../domain/account.js';
import { TokenInvalid } from '../domain/identity.errors.js';
import { checkUsable, maySendAnother, tokenExpiry, type TokenPurpose } from '../domain/one-time-token.js';
import { AccountRepository } from '../persistence/account.repository.js';
import { TokenRepository } from '../persistence/token.repository.js';
import { personActor } from './person-actor.js';

const EVENTS = {
  'confirm-email': 'account.registered.v1',
  'reset-password': 'account.password-reset-asked.v1',
  invitation: 'account.invited.v1',
} as const;
const HOUR_MS = 3_600_000;

/** The one-time links that accounts are opened and recovered by. */
@Injectable()
export class AccountLinks {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly tokens: TokenRepository,
    private readonly oneTimeTokens: OneTimeTokens,
  ) {}

  /**
   * Makes a link and has it mailed. A confirmation replaces the earlier ones, since it confirms the last password given.
   * Gives false, having done nothing, when too many left for this account in the last hour.
   */
  async send(tx: Tx, userId: string, purpose: TokenPurpose): Promise<boolean> {
    const sent = await this.tokens.countSince(tx.query, userId, purpose, new Date(tx.at.getTime() - HOUR_MS));
    if (!maySendAnother(sent)) return false;
    if (purpose === 'confirm-email') await this.tokens.voidAllOf(tx.query, userId, tx.at, purpose);
    tx.tell(EVENTS[purpose], { userId, tokenId: await this.make(tx, userId, purpose) });
    return true;
  }

  /** Makes a link and gives its id. */
  async make(tx: Tx, userId: string, purpose: TokenPurpose): Promise<string> {
    const id = newId();
    await this.tokens.add(tx.query, { id, userId, purpose, expiresAt: tokenExpiry(purpose, tx.at), usedAt: null }, tx.at);
    return id;
  }

  /**
   * Runs `act` on the account that the token is for, in its holder's name, and spends every link of this account that was still good.
   * @throws TokenInvalid, TokenNoLongerValid
   */
  async redeem(token: string, purpose: TokenPurpose, act: (tx: Tx, account: Account) => Promise<void>): Promise<void> {
    const tokenId = this.oneTimeTokens.idOf(token);
    const known = tokenId === null ? null : await this.tokens.find(this.work.read, tokenId);
    if (!known) throw new TokenInvalid();
    await this.work.run(personActor(known.userId), async (tx) => {
      const account = await this.accounts.lock(tx.query, known.userId);
      const locked = await this.tokens.lock(tx.query, known.id);
      if (!locked) throw new TokenInvalid();
      checkUsable(locked, purpose, tx.at);
      await this.tokens.voidAllOf(tx.query, account.id, tx.at);
      await act(tx, account);
    });
  }

  /** Makes every link of this account useless. */
  async voidAllOf(tx: Tx, userId: string): Promise<void> {
    await this.tokens.voidAllOf(tx.query, userId, tx.at);
  }
}
