import { newId } from '../../src/kernel/id.js';
import { AccessTokens } from '../../src/platform/auth/access-tokens.js';
import type { RoleGrant } from '../../src/platform/auth/actor.js';
import type { TestApp } from '../setup/app.js';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  /** Header of a signed-in request. */
  readonly auth: { Authorization: string };
}

/** A person with a confirmed account, an open session and the grants given, written straight to the database. */
export async function aPerson(
  app: TestApp,
  options: { name?: string; email?: string; grants?: readonly RoleGrant[] } = {},
): Promise<Person> {
  const id = newId();
  const sessionId = newId();
  const { name = 'Camille Test', email = `${id}@exemple.test`, grants = [] } = options;
  await app.query('INSERT INTO users (id, email, name, email_confirmed_at) VALUES ($1, $2, $3, now())', [id, email, name]);
  await app.query(`INSERT INTO sessions (id, user_id, token_hash, expires_at) VALUES ($1, $2, '\\x00', now() + interval '100 years')`, [
    sessionId,
    id,
  ]);
  for (const { role, scope } of grants) {
    await app.query('INSERT INTO grants (id, user_id, role, scope_kind, scope_code) VALUES ($1, $2, $3, $4, $5)', [
      newId(),
      id,
      role,
      scope.kind,
      scope.code,
    ]);
  }
  const token = await app.app.get(AccessTokens).issue({ userId: id, sessionId }, app.clock.now());
  return { id, email, token, auth: { Authorization: `Bearer ${token}` } };
}

/** The header of a request signed in at the application's clock: a token does not outlive a clock that is moved by hand. */
export async function signedInNow(app: TestApp, { id: userId }: Person): Promise<Person['auth']> {
  const [session] = await app.query<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL', [userId]);
  const token = await app.app.get(AccessTokens).issue({ userId, sessionId: session?.id ?? '' }, app.clock.now());
  return { Authorization: `Bearer ${token}` };
}

const grant = (role: RoleGrant['role'], kind: RoleGrant['scope']['kind'], code: string): RoleGrant => ({ role, scope: { kind, code } });

/** The trade's usual people, by what they are for. */
export const GRANTS = {
  instructorOf: (inseeCode: string) => grant('instructor', 'commune', inseeCode),
  delegateOfSector: (code: string) => grant('delegate', 'sector', code),
  delegateOfDepartment: (code: string) => grant('delegate', 'department', code),
  prefectureOf: (code: string) => grant('prefecture', 'department', code),
  coordinator: () => grant('coordinator', 'contract', 'GOSB'),
  auditor: () => grant('auditor', 'contract', 'GOSB'),
  partnerOf: (funderCode: string) => grant('partner', 'funder', funderCode),
  administrator: () => grant('administrator', 'instance', '*'),
} as const;
