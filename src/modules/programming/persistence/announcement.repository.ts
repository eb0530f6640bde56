import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';

@Injectable()
export class AnnouncementRepository {
  /** The organisations that have decided lines to be told of, in a fixed order. */
  async organisationsToTell(query: Query, callId: string, funderIds: readonly string[] | null): Promise<string[]> {
    const rows = await query<{ id: string }>(
      `SELECT DISTINCT organisation_id AS id FROM funding_lines
       WHERE call_id = $1 AND state IN ('approved', 'refused') AND ($2::uuid[] IS NULL OR funder_id = ANY ($2)) ORDER BY id`,
      [callId, funderIds],
    );
    return rows.map(({ id }) => id);
  }
}
