import { Injectable } from '@nestjs/common';
import passport from 'passport';
import passportLocal from 'passport-local';
import { OtpNotEnabled } from '../domain/identity.errors.js';
import { BadCredentials } from '../use-cases/sign-in.errors.js';
import { VerifyCredentials, type VerifiedAccount } from '../use-cases/verify-credentials.js';
import type { LoginRequest } from './auth.requests.js';

/** Passport with its local strategy: who signs in by e-mail and password. */
@Injectable()
export class PasswordSignIn {
  private readonly authenticator = new passport.Authenticator();

  constructor(verifyCredentials: VerifyCredentials) {
    this.authenticator.use(
      new passportLocal.Strategy(
        { usernameField: 'email', passwordField: 'password', session: false, passReqToCallback: true },
        (request, email, password, done) => {
          const { address } = request as unknown as { address: string };
          verifyCredentials.execute({ email, password, address }).then(
            (account) => done(null, account),
            (error: unknown) => done(error),
          );
        },
      ),
    );
  }

  /** Passport is shown the checked body only, not the request. @throws OtpNotEnabled, TooManyRequests, BadCredentials */
  async verified({ email, password, otp }: LoginRequest, address: string): Promise<VerifiedAccount> {
    if (otp !== undefined) throw new OtpNotEnabled();
    return new Promise((resolve, reject) => {
      const done = (error: unknown, account: VerifiedAccount | false | null | undefined) => {
        if (error instanceof Error) reject(error);
        else if (account) resolve(account);
        else reject(new BadCredentials());
      };
      const middleware = this.authenticator.authenticate('local', { session: false }, done) as (...args: unknown[]) => void;
      middleware({ body: { email, password }, query: {}, address }, {}, reject);
    });
  }
}
