import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';
import type { Deadline } from '../domain/calendar.js';

export interface CalendarFeed {
  readonly id: string;
  readonly createdAt: Date;
}

/** Of one person: a calendar longer than that would serve nobody. */
const MOST_DEADLINES = 1000;

@Injectable()
export class CalendarRepository {
  /** The feed in force of someone, locked. */
  async lockLive(query: Query, userId: string): Promise<CalendarFeed | null> {
    // Two that open one at once queue up here: a row that is not there cannot be locked.
    await query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
    return this.live(query, userId);
  }

  async live(query: Query, userId: string): Promise<CalendarFeed | null> {
    const [row] = await query<CalendarFeed>(
      'SELECT id, created_at AS "createdAt" FROM calendar_feeds WHERE user_id = $1 AND revoked_at IS NULL',
      [userId],
    );
    return row ?? null;
  }

  async revoke(query: Query, id: string, at: Date): Promise<void> {
    await query('UPDATE calendar_feeds SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [id, at]);
  }

  async insert(query: Query, { id, createdAt }: CalendarFeed, userId: string, tokenHash: Buffer): Promise<void> {
    await query('INSERT INTO calendar_feeds (id, user_id, token_hash, created_at) VALUES ($1, $2, $3, $4)', [
      id,
      userId,
      tokenHash,
      createdAt,
    ]);
  }

  /** Whose secret this is; null when it is nobody's any more, or when their account is closed. */
  async readerOf(query: Query, tokenHash: Buffer): Promise<string | null> {
    const [row] = await query<{ userId: string }>(
      `SELECT f.user_id AS "userId" FROM calendar_feeds f JOIN users u ON u.id = f.user_id
       WHERE f.token_hash = $1 AND f.revoked_at IS NULL AND u.disabled_at IS NULL`,
      [tokenHash],
    );
    return row?.userId ?? null;
  }

  /** From that day of Paris on, the nearest first. */
  deadlinesOf(query: Query, userId: string, from: Day): Promise<Deadline[]> {
    return query<Deadline>(
      `SELECT kind, key, at, on_day AS "onDay", title, year, organisation, reference, place FROM calendar_deadlines
       WHERE user_id = $1 AND coalesce(on_day, (at AT TIME ZONE 'Europe/Paris')::date) >= $2
       ORDER BY coalesce(on_day, (at AT TIME ZONE 'Europe/Paris')::date), at, kind, key LIMIT $3`,
      [userId, from, MOST_DEADLINES],
    );
  }
}
