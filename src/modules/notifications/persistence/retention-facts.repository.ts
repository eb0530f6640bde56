import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';

/** What messages say of accounts that nobody uses. */
@Injectable()
export class RetentionFactsRepository {
  /** Null for who came back. */
  async closing(query: Query, userId: string): Promise<{ readonly closingOn: Day; readonly lastSeenOn: Day } | null> {
    const [row] = await query<{ closingOn: Day; lastSeenOn: Day }>(
      `SELECT closing_on AS "closingOn", (last_seen_at AT TIME ZONE 'Europe/Paris')::date AS "lastSeenOn"
       FROM notified_closing_accounts WHERE id = $1`,
      [userId],
    );
    return row ?? null;
  }
}
