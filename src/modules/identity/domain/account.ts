import type { TransitionTable, Words } from '../../../kernel/transitions.js';
import { next } from '../../../kernel/transitions.js';
import { AccountDisabled, EmailNotConfirmed, OwnAdministration } from './identity.errors.js';

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly emailConfirmedAt: Date | null;
  readonly disabledAt: Date | null;
  readonly version: number;
}

export type AccountState = 'open' | 'disabled';
export type AccountAct = 'disable' | 'enable';

export const ACCOUNT_TRANSITIONS: TransitionTable<AccountState, AccountAct> = {
  open: { disable: 'disabled' },
  disabled: { enable: 'open' },
};

const WORDS: Words<AccountState, AccountAct> = {
  states: { open: 'ouvert', disabled: 'fermé' },
  acts: { disable: 'fermer le compte', enable: 'rouvrir le compte' },
};

export function stateOf(account: Account): AccountState {
  return account.disabledAt === null ? 'open' : 'disabled';
}

/** Invited and not come yet: it has no password, and may already hold roles. */
export function isInvited(account: Account): boolean {
  return account.passwordHash === null && account.emailConfirmedAt === null;
}

/** Whether the account may sign in, once its password is known to be right. @throws AccountDisabled, EmailNotConfirmed */
export function checkMaySignIn(account: Account): void {
  if (account.disabledAt !== null) throw new AccountDisabled();
  if (account.emailConfirmedAt === null) throw new EmailNotConfirmed();
}

/** `closerId`: null when the clock does. @throws OwnAdministration, ActNotAllowed */
export function close(account: Account, closerId: string | null, now: Date): Account {
  if (account.id === closerId) throw new OwnAdministration();
  next(ACCOUNT_TRANSITIONS, stateOf(account), 'disable', WORDS);
  return { ...account, disabledAt: now };
}

/** @throws ActNotAllowed */
export function reopen(account: Account): Account {
  next(ACCOUNT_TRANSITIONS, stateOf(account), 'enable', WORDS);
  return { ...account, disabledAt: null };
}
