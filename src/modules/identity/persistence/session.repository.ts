import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { Session } from '../domain/session.js';

export type SessionEnd = 'signed-out' | 'token-reused' | 'password-changed' | 'account-disabled';

interface SessionRow {
  readonly id: string;
  readonly user_id: string;
  readonly token_hash: Buffer;
  readonly generation: number;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
}

@Injectable()
export class SessionRepository {
  async add(query: Query, session: Session, tokenHash: Buffer): Promise<void> {
    await query(
      `WITH seen AS (UPDATE users SET last_seen_at = $5, closing_on = NULL WHERE id = $2)
       INSERT INTO sessions (id, user_id, token_hash, generation, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [session.id, session.userId, tokenHash, session.generation, session.createdAt, session.expiresAt],
    );
  }

  /** The session with the hash of its current token; locked, so that two refreshes queue up and the second is seen as a reuse. */
  async lock(query: Query, id: string): Promise<{ session: Session; tokenHash: Buffer } | null> {
    const [row] = await query<SessionRow>(
      'SELECT id, user_id, token_hash, generation, created_at, expires_at, ended_at FROM sessions WHERE id = $1 FOR UPDATE',
      [id],
    );
    if (!row) return null;
    const { id: sessionId, user_id: userId, generation, created_at: createdAt, expires_at: expiresAt, ended_at: endedAt } = row;
    return { session: { id: sessionId, userId, generation, createdAt, expiresAt, endedAt }, tokenHash: row.token_hash };
  }

  async rotate(query: Query, session: Session, tokenHash: Buffer): Promise<void> {
    await query('UPDATE sessions SET generation = $2, token_hash = $3, expires_at = $4 WHERE id = $1', [
      session.id,
      session.generation,
      tokenHash,
      session.expiresAt,
    ]);
  }

  async end(query: Query, id: string, reason: SessionEnd, at: Date): Promise<void> {
    await query('UPDATE sessions SET ended_at = $3, end_reason = $2 WHERE id = $1 AND ended_at IS NULL', [id, reason, at]);
  }

  async endAllOf(query: Query, userId: string, reason: SessionEnd, at: Date): Promise<void> {
    await query('UPDATE sessions SET ended_at = $3, end_reason = $2 WHERE user_id = $1 AND ended_at IS NULL', [userId, reason, at]);
  }

  /** Forgets sessions over since before `limit`. */
  async purge(query: Query, limit: Date): Promise<void> {
    await query('DELETE FROM sessions WHERE ended_at < $1 OR expires_at < $1', [limit]);
  }
}
