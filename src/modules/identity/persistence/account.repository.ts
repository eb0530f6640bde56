import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import { pageOf } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { Account } from '../domain/account.js';
import { EmailAlreadyKnown } from '../domain/identity.errors.js';

interface AccountRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password_hash: string | null;
  readonly email_confirmed_at: Date | null;
  readonly disabled_at: Date | null;
  readonly version: number;
}

const COLUMNS = 'id, email, name, password_hash, email_confirmed_at, disabled_at, version';

@Injectable()
export class AccountRepository {
  async findByEmail(query: Query, email: string): Promise<Account | null> {
    return first(await query<AccountRow>(`SELECT ${COLUMNS} FROM users WHERE email = $1`, [email]));
  }

  async lockByEmail(query: Query, email: string): Promise<Account | null> {
    return first(await query<AccountRow>(`SELECT ${COLUMNS} FROM users WHERE email = $1 FOR UPDATE`, [email]));
  }

  /** @throws NotFound */
  async get(query: Query, id: string): Promise<Account> {
    return existing(await query<AccountRow>(`SELECT ${COLUMNS} FROM users WHERE id = $1`, [id]));
  }

  /** @throws NotFound */
  async lock(query: Query, id: string): Promise<Account> {
    return existing(await query<AccountRow>(`SELECT ${COLUMNS} FROM users WHERE id = $1 FOR UPDATE`, [id]));
  }

  /** @throws EmailAlreadyKnown */
  async add(query: Query, account: Account): Promise<void> {
    if (!(await this.addIfAbsent(query, account))) throw new EmailAlreadyKnown();
  }

  /** False when the address is taken; waits for whoever is taking it. */
  async addIfAbsent(query: Query, account: Account): Promise<boolean> {
    const added = await query(
      `INSERT INTO users (id, email, name, password_hash, email_confirmed_at, version) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (email) DO NOTHING RETURNING id`,
      [account.id, account.email, account.name, account.passwordHash, account.emailConfirmedAt, account.version],
    );
    return added.length > 0;
  }

  /** Writes everything but the address, which never changes. Gives the account at its next version. */
  async save(query: Query, account: Account): Promise<Account> {
    return existing(
      await query<AccountRow>(
        `UPDATE users SET name = $2, password_hash = $3, email_confirmed_at = $4, disabled_at = $5, version = version + 1
         WHERE id = $1 RETURNING ${COLUMNS}`,
        [account.id, account.name, account.passwordHash, account.emailConfirmedAt, account.disabledAt],
      ),
    );
  }

  /** By address, those whose name or address holds `text` when it is given. */
  async list(query: Query, text: string | null, request: PageRequest): Promise<Page<Account>> {
    const [after = null] = request.after ?? [];
    const rows = await query<AccountRow>(
      `SELECT ${COLUMNS} FROM users
       WHERE ($1::text IS NULL OR strpos(fold(name), fold($1)) > 0 OR strpos(lower(email::text), lower($1)) > 0)
         AND ($2::citext IS NULL OR email > $2::citext)
       ORDER BY email LIMIT $3`,
      [text, after, request.limit + 1],
    );
    const total = request.count ? await this.count(query, text) : undefined;
    return pageOf(rows.map(toAccount), request, (account) => [account.email], total);
  }

  private async count(query: Query, text: string | null): Promise<number> {
    const [row] = await query<{ total: bigint }>(
      `SELECT count(*) AS total FROM users WHERE $1::text IS NULL OR strpos(fold(name), fold($1)) > 0 OR strpos(lower(email::text), lower($1)) > 0`,
      [text],
    );
    return Number(row?.total ?? 0n);
  }
}

function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    passwordHash: row.password_hash,
    emailConfirmedAt: row.email_confirmed_at,
    disabledAt: row.disabled_at,
    version: row.version,
  };
}

function first(rows: readonly AccountRow[]): Account | null {
  return rows[0] ? toAccount(rows[0]) : null;
}

/** @throws NotFound */
function existing(rows: readonly AccountRow[]): Account {
  const account = first(rows);
  if (!account) throw new NotFound();
  return account;
}
