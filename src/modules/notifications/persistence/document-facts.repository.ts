import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';

export interface DocumentFacts {
  readonly kind: string;
  readonly organisation: string;
  readonly validUntil: Day;
}

/** The documents that end, as the clock finds them and as messages tell of them. */
@Injectable()
export class DocumentFactsRepository {
  /**
   * Marks what is to be told on that day, once a document and step, and gives it by organisation: what ends within so many days, and what ended.
   * What was given that very day, or with its end already so near, is known to who gave it. Of two that tick at once, one marks.
   */
  markDue(
    query: Query,
    today: Day,
    days: number,
    at: Date,
  ): Promise<readonly { organisationId: string; documentIds: readonly string[] }[]> {
    return query(
      `WITH due AS (
         SELECT d.id, d.organisation_id, CASE WHEN d.valid_until < $1::date THEN 'expired' ELSE 'month' END AS step
         FROM notified_documents d
         WHERE d.added_on < $1::date
           AND (d.valid_until < $1::date OR (d.valid_until <= $1::date + $2::integer AND d.added_on < d.valid_until - $2::integer))
         ORDER BY d.id
       ),
       marked AS (
         INSERT INTO document_reminders (document_id, step, reminded_at) SELECT id, step, $3 FROM due ON CONFLICT DO NOTHING RETURNING document_id
       )
       SELECT d.organisation_id AS "organisationId", array_agg(d.id ORDER BY d.id) AS "documentIds"
       FROM marked m JOIN due d ON d.id = m.document_id GROUP BY 1 ORDER BY 1`,
      [today, days, at],
    );
  }

  /** Who may replace an organisation's documents. */
  async keepers(query: Query, organisationId: string): Promise<readonly string[]> {
    const rows = await query<{ userId: string }>(
      'SELECT user_id AS "userId" FROM notified_members WHERE organisation_id = $1 AND (is_editor OR is_administrator) ORDER BY 1',
      [organisationId],
    );
    return rows.map(({ userId }) => userId);
  }

  /** Those that were not replaced since, as far as this person still keeps them; the first to end first. */
  ending(query: Query, documentIds: readonly string[], userId: string): Promise<readonly DocumentFacts[]> {
    return query(
      `SELECT d.kind, d.organisation_name AS organisation, d.valid_until AS "validUntil"
       FROM notified_documents d JOIN notified_members m USING (organisation_id)
       WHERE d.id = ANY ($1::uuid[]) AND m.user_id = $2 AND (m.is_editor OR m.is_administrator)
       ORDER BY d.valid_until, d.id`,
      [documentIds, userId],
    );
  }
}
