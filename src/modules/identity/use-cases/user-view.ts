import type { Account } from '../domain/account.js';
import type { Grant } from '../domain/grant.js';

/** An account as an administrator sees it. */
export interface UserView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly version: number;
  readonly emailConfirmed: boolean;
  readonly disabled: boolean;
  readonly grants: readonly Grant[];
}

export function userView(account: Account, grants: readonly Grant[]): UserView {
  const { id, email, name, version, emailConfirmedAt, disabledAt } = account;
  return {
    id,
    email,
    name,
    version,
    emailConfirmed: emailConfirmedAt !== null,
    disabled: disabledAt !== null,
    grants: grants.filter((grant) => grant.userId === id),
  };
}
