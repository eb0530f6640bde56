import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { TooManyRequests } from '../../../platform/http/rate-limit.js';
import { secondsToWait, windowStart } from '../domain/throttle.js';
import { AccountRepository } from '../persistence/account.repository.js';
import { SignInFailureRepository } from '../persistence/sign-in-failure.repository.js';
import { Passwords } from './passwords.js';
import { BadCredentials } from './sign-in.errors.js';
import { accountSubject, addressSubject } from './sign-in-subjects.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Network address the attempt comes from. */
  readonly address: string;
}

/** An account whose password was given. `passwordHash`: the one it was verified against. */
export interface VerifiedAccount {
  readonly id: string;
  readonly passwordHash: string;
}

@Injectable()
export class VerifyCredentials {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly accounts: AccountRepository,
    private readonly failures: SignInFailureRepository,
    private readonly passwords: Passwords,
  ) {}

  /** @throws TooManyRequests, BadCredentials */
  async execute({ email, password, address }: Credentials): Promise<VerifiedAccount> {
    const subject = accountSubject(email);
    const attempt = await this.take(subject, addressSubject(address));
    const account = await this.accounts.findByEmail(this.work.read, email);
    const passwordHash = account?.passwordHash ?? null;
    const right = await this.passwords.verify(passwordHash, password);
    if (!account || passwordHash === null || !right) throw new BadCredentials();
    // The address keeps its other failures: else one's own account would wash away guesses made on others'.
    await this.failures.remove(this.work.read, attempt);
    await this.failures.forget(this.work.read, subject);
    return { id: account.id, passwordHash };
  }

  /**
   * Counts the attempt as failed before it is made, so that a hundred at once don't all find the count low; the right password takes it back.
   * @throws TooManyRequests
   */
  private take(account: Buffer, address: Buffer): Promise<bigint[]> {
    const now = this.clock.now();
    return this.work.transaction(async (query) => {
      await this.failures.lock(query, [account, address]);
      const wait = Math.max(
        secondsToWait('account', await this.failures.since(query, account, windowStart(now)), now),
        secondsToWait('address', await this.failures.since(query, address, windowStart(now)), now),
      );
      if (wait > 0) throw new TooManyRequests(wait);
      return this.failures.add(query, [account, address], now);
    });
  }
}
