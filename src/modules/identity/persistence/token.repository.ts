import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { OneTimeToken, TokenPurpose } from '../domain/one-time-token.js';

interface TokenRow {
  readonly id: string;
  readonly user_id: string;
  readonly purpose: TokenPurpose;
  readonly expires_at: Date;
  readonly used_at: Date | null;
}

const COLUMNS = 'id, user_id, purpose, expires_at, used_at';

@Injectable()
export class TokenRepository {
  async add(query: Query, token: OneTimeToken, at: Date): Promise<void> {
    await query('INSERT INTO one_time_tokens (id, user_id, purpose, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)', [
      token.id,
      token.userId,
      token.purpose,
      at,
      token.expiresAt,
    ]);
  }

  async find(query: Query, id: string): Promise<OneTimeToken | null> {
    return toToken(await query<TokenRow>(`SELECT ${COLUMNS} FROM one_time_tokens WHERE id = $1`, [id]));
  }

  async lock(query: Query, id: string): Promise<OneTimeToken | null> {
    return toToken(await query<TokenRow>(`SELECT ${COLUMNS} FROM one_time_tokens WHERE id = $1 FOR UPDATE`, [id]));
  }

  /** Makes every link still good of this account useless: of one purpose, or of all. */
  async voidAllOf(query: Query, userId: string, at: Date, purpose: TokenPurpose | null = null): Promise<void> {
    await query('UPDATE one_time_tokens SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL AND ($3::text IS NULL OR purpose = $3)', [
      userId,
      at,
      purpose,
    ]);
  }

  async countSince(query: Query, userId: string, purpose: TokenPurpose, since: Date): Promise<number> {
    const [row] = await query<{ count: number }>(
      'SELECT count(*)::int AS count FROM one_time_tokens WHERE user_id = $1 AND purpose = $2 AND created_at > $3',
      [userId, purpose, since],
    );
    return row?.count ?? 0;
  }

  /** Forgets links that expired before `limit`. */
  async purge(query: Query, limit: Date): Promise<void> {
    await query('DELETE FROM one_time_tokens WHERE expires_at < $1', [limit]);
  }
}

function toToken([row]: readonly TokenRow[]): OneTimeToken | null {
  return row ? { id: row.id, userId: row.user_id, purpose: row.purpose, expiresAt: row.expires_at, usedAt: row.used_at } : null;
}
