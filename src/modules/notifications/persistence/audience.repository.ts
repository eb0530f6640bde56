import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { Audience, ObjectType } from '../domain/catalogue.js';
import { ref, type Refs } from '../domain/delivery.js';
import { AUDIENCES, SUBJECTS } from './audiences.sql.js';

interface Subject {
  /** Null for what has no state or no longer exists. */
  readonly state: string | null;
  readonly organisationId: string | null;
}

/** Whom an event concerns, as things are when it is dealt with. */
@Injectable()
export class AudienceRepository {
  /** Of each of those events, in their order. */
  async ofEach(query: Query, audience: Audience, refs: readonly Refs[]): Promise<readonly (readonly string[])[]> {
    const { from, sql } = AUDIENCES[audience];
    const [name, ...others] = from;
    if (refs.length === 1 || name === undefined || others.length > 0)
      return Promise.all(refs.map((each) => this.of(query, audience, each)));
    const found = refs.map((): string[] => []);
    const rows = await query<{ place: number; user_id: string }>(
      `SELECT e.place::int, found.user_id FROM unnest($1::uuid[]) WITH ORDINALITY AS e (id, place) CROSS JOIN LATERAL (${sql.replaceAll('$1', 'e.id')}) AS found`,
      [refs.map((each) => ref(each, name))],
    );
    for (const { place, user_id: userId } of rows) found[place - 1]?.push(userId);
    return found;
  }

  async of(query: Query, audience: Audience, refs: Refs): Promise<readonly string[]> {
    const { from, sql } = AUDIENCES[audience];
    return userIds(
      await query<{ user_id: string }>(
        sql,
        from.map((name) => ref(refs, name)),
      ),
    );
  }

  async subject(query: Query, type: ObjectType, id: string): Promise<Subject> {
    const [row] = await query<Subject>(SUBJECTS[type], [id]);
    return row ?? { state: null, organisationId: null };
  }

  /** Closings near enough to remind of, of calls that are open, for which some draft is still waiting. */
  closingsWithDrafts(query: Query, now: Date, withinHours: number): Promise<{ callId: string; closesAt: Date }[]> {
    return query(
      `SELECT DISTINCT call_id AS "callId", closes_at AS "closesAt" FROM notified_dossiers
       WHERE state IN ('draft', 'awaiting-attestation') AND is_call_published AND call_opens_at <= $1
         AND closes_at > $1 AND closes_at <= $1::timestamptz + make_interval(hours => $2)
       ORDER BY 1, 2`,
      [now, withinHours],
    );
  }

  /** Editors and signatories with a draft in the call that closes then, begun at `begunBy` at the latest. In one order, so that replicas that tick at once queue up. */
  async draftHolders(query: Query, callId: string, closesAt: Date, begunBy: Date): Promise<readonly string[]> {
    const rows = await query<{ user_id: string }>(
      `SELECT DISTINCT m.user_id
       FROM notified_dossiers d JOIN notified_members m USING (organisation_id)
       WHERE d.call_id = $1 AND d.closes_at = $2 AND d.created_at <= $3 AND d.state IN ('draft', 'awaiting-attestation') AND (m.is_editor OR m.is_signatory)
       ORDER BY m.user_id`,
      [callId, closesAt, begunBy],
    );
    return userIds(rows);
  }
}

function userIds(rows: readonly { readonly user_id: string }[]): readonly string[] {
  return rows.map((row) => row.user_id);
}
