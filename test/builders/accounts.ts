import { OneTimeTokens } from '../../src/platform/auth/one-time-tokens.js';
import type { TestApp } from '../setup/app.js';

export const PASSWORD = 'une phrase de passe';

export type AccountEvent = 'account.registered.v1' | 'account.invited.v1' | 'account.password-reset-asked.v1';

/** The tokens of the links mailed to this address for such an event, oldest first: what the person reads in their mail box. */
export async function mailedTokens(app: TestApp, email: string, type: AccountEvent): Promise<string[]> {
  const rows = await app.query<{ token_id: string }>(
    `SELECT o.payload->>'tokenId' AS token_id FROM outbox o JOIN users u ON u.id = (o.payload->>'userId')::uuid
     WHERE u.email = $1 AND o.type = $2 ORDER BY o.id`,
    [email, type],
  );
  const tokens = app.app.get(OneTimeTokens);
  return rows.map((row) => tokens.tokenOf(row.token_id));
}

export async function lastMailedToken(app: TestApp, email: string, type: AccountEvent): Promise<string> {
  const token = (await mailedTokens(app, email, type)).at(-1);
  if (token === undefined) throw new Error(`nothing was mailed to ${email} for ${type}`);
  return token;
}

/** Someone who registered and confirmed their address through the API; their password is PASSWORD unless given. */
export async function aRegisteredAccount(app: TestApp, email: string, password = PASSWORD): Promise<void> {
  await app.http.post('/v1/auth/register').send({ email, password, name: 'Claude Test' }).expect(202);
  const token = await lastMailedToken(app, email, 'account.registered.v1');
  await app.http.post('/v1/auth/confirm-email').send({ token }).expect(204);
}

export interface Tokens {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken: string;
}

export async function logIn(app: TestApp, email: string, password = PASSWORD): Promise<Tokens> {
  const { body } = await app.http.post('/v1/auth/login').send({ email, password }).expect(200);
  return body as Tokens;
}
