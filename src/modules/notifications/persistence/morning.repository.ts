import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { Days } from '../domain/morning-round.js';

/** What days brought, and whom it concerns. In one order, so that replicas that tick at once queue up. */
@Injectable()
export class MorningRepository {
  /** Calls in which dossiers were filed that still wait for their admissibility. */
  readonly callsFiledIn = (query: Query, days: Days): Promise<readonly string[]> =>
    ids(query, 'SELECT DISTINCT call_id AS id FROM notified_filed_dossiers WHERE filed_on BETWEEN $1 AND $2 ORDER BY 1', days);

  readonly instructors = (query: Query, callId: string, days: Days): Promise<readonly string[]> =>
    ids(
      query,
      `SELECT DISTINCT i.user_id AS id FROM notified_filed_dossiers d JOIN notified_filed_dossier_instructors i USING (dossier_id)
       WHERE d.filed_on BETWEEN $1 AND $2 AND d.call_id = $3 ORDER BY 1`,
      days,
      callId,
    );

  /** Calls of which opinions are asked for. */
  readonly callsToJudge = (query: Query, days: Days): Promise<readonly string[]> =>
    ids(query, 'SELECT DISTINCT call_id AS id FROM notified_lines_to_judge WHERE admissible_on BETWEEN $1 AND $2 ORDER BY 1', days);

  readonly opinionGivers = (query: Query, callId: string, days: Days): Promise<readonly string[]> =>
    ids(
      query,
      `SELECT DISTINCT g.user_id AS id FROM notified_lines_to_judge l JOIN notified_opinion_givers g USING (funding_line_id)
       WHERE l.admissible_on BETWEEN $1 AND $2 AND l.call_id = $3 ORDER BY 1`,
      days,
      callId,
    );

  /** Calls of which opinions were given. */
  readonly callsJudged = (query: Query, days: Days): Promise<readonly string[]> =>
    ids(query, 'SELECT DISTINCT call_id AS id FROM notified_opinions WHERE given_on BETWEEN $1 AND $2 ORDER BY 1', days);
}

async function ids(query: Query, sql: string, { from, until }: Days, ...more: readonly string[]): Promise<readonly string[]> {
  return (await query<{ id: string }>(sql, [from, until, ...more])).map(({ id }) => id);
}
