import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import { toJson } from '../../../platform/database/json.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Committee, SessionRecusal } from '../domain/committee.js';

export interface NewMember {
  readonly userId: string | null;
  readonly name: string;
  readonly institution: string;
  readonly funderCode: string | null;
}

export interface CommitteeFilter {
  readonly callId?: string;
  /** Whether sessions still in preparation are given too. */
  readonly drafts: boolean;
}

const COLUMNS = `c.id, c.call_id AS "callId", c.title, c.held_on AS "heldOn", c.place, c.quorum, c.state, c.version,
  c.convened_at AS "convenedAt", c.opened_at AS "openedAt", c.applied_at AS "appliedAt", c.closed_at AS "closedAt",
  (SELECT coalesce(json_agg(json_build_object('id', m.id, 'userId', m.user_id, 'name', m.name, 'institution', m.institution,
     'funderCode', m.funder_code, 'present', m.present) ORDER BY m.position), '[]') FROM committee_members m WHERE m.committee_id = c.id) AS members,
  (SELECT coalesce(json_agg(json_build_object('memberId', r.member_id, 'organisationId', r.organisation_id, 'reason', r.reason,
     'source', r.source) ORDER BY r.member_id, r.organisation_id), '[]') FROM committee_recusals r WHERE r.committee_id = c.id) AS recusals,
  (SELECT count(*)::int FROM committee_lines l WHERE l.committee_id = c.id) AS "lineCount"`;

@Injectable()
export class CommitteeRepository {
  /** @throws NotFound */
  find(query: Query, id: string): Promise<Committee> {
    return this.one(query, `SELECT ${COLUMNS} FROM committees c WHERE c.id = $1`, id);
  }

  /** Every act on a session queues up here, before any line of it is locked. @throws NotFound */
  async lock(query: Query, id: string): Promise<Committee> {
    // Two statements, sent together: the second reads what hangs on the row as it is once the lock is held.
    const [, committee] = await Promise.all([query('SELECT 1 FROM committees WHERE id = $1 FOR UPDATE', [id]), this.find(query, id)]);
    return committee;
  }

  async page(query: Query, { callId, drafts }: CommitteeFilter, request: PageRequest): Promise<Page<Committee>> {
    const where = `($1::uuid IS NULL OR c.call_id = $1) AND ($2::boolean OR c.state <> 'draft')`;
    const rows = await query<Committee>(
      `SELECT ${COLUMNS} FROM committees c WHERE ${where} AND ($3::uuid IS NULL OR c.id > $3) ORDER BY c.id LIMIT $4`,
      [callId ?? null, drafts, request.after?.[0] ?? null, request.limit + 1],
    );
    const counted = request.count
      ? await query<{ total: bigint }>(`SELECT count(*) AS total FROM committees c WHERE ${where}`, [callId ?? null, drafts])
      : [];
    return pageOf(rows, request, ({ id }) => [id], counted[0] === undefined ? undefined : Number(counted[0].total));
  }

  async create(tx: Tx, committee: Pick<Committee, 'id' | 'callId' | 'title' | 'heldOn' | 'place' | 'quorum'>, by: string): Promise<void> {
    const { id, callId, title, heldOn, place, quorum } = committee;
    await tx.query(
      `INSERT INTO committees (id, call_id, title, held_on, place, quorum, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, callId, title, heldOn, place, quorum, by, tx.at],
    );
  }

  /** What an act changed of a session that it holds locked: everything but its members and recusals. The version moves. */
  async save(query: Query, committee: Committee, appliedBy: string | null = null): Promise<Committee> {
    const { id, title, heldOn, place, quorum, state, convenedAt, openedAt, appliedAt, closedAt } = committee;
    await query(
      `UPDATE committees SET title = $2, held_on = $3, place = $4, quorum = $5, state = $6, convened_at = $7, opened_at = $8, applied_at = $9,
         closed_at = $10, applied_by = coalesce($11, applied_by), version = version + 1
       WHERE id = $1`,
      [id, title, heldOn, place, quorum, state, convenedAt, openedAt, appliedAt, closedAt, appliedBy],
    );
    return { ...committee, version: committee.version + 1 };
  }

  async replaceMembers(query: Query, committeeId: string, members: readonly NewMember[]): Promise<void> {
    await query('DELETE FROM committee_members WHERE committee_id = $1', [committeeId]);
    await query(
      `INSERT INTO committee_members (id, committee_id, position, user_id, name, institution, funder_code)
       SELECT m.id, $1, m.rank, m.user_id, m.name, m.institution, m.funder
       FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY AS m (id, user_id, name, institution, funder, rank)`,
      [
        committeeId,
        members.map(() => newId()),
        members.map(({ userId }) => userId),
        members.map(({ name }) => name),
        members.map(({ institution }) => institution),
        members.map(({ funderCode }) => funderCode),
      ],
    );
  }

  /** Names of those that exist among `ids`. */
  async namesOf(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await query<{ id: string; name: string }>('SELECT id, name FROM users WHERE id = ANY ($1::uuid[])', [ids]);
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  async saveAttendance(query: Query, { id, members, recusals }: Committee): Promise<void> {
    await query(
      `UPDATE committee_members m SET present = p.present FROM unnest($2::uuid[], $3::boolean[]) AS p (id, present)
       WHERE m.id = p.id AND m.committee_id = $1`,
      [id, members.map((member) => member.id), members.map(({ present }) => present)],
    );
    await this.replaceRecusals(query, id, recusals);
  }

  async replaceRecusals(query: Query, committeeId: string, recusals: readonly SessionRecusal[]): Promise<void> {
    await query('DELETE FROM committee_recusals WHERE committee_id = $1', [committeeId]);
    await query(
      `INSERT INTO committee_recusals (committee_id, member_id, organisation_id, reason, source)
       SELECT $1, r."memberId", r."organisationId", r.reason, r.source
       FROM jsonb_to_recordset($2::jsonb) AS r ("memberId" uuid, "organisationId" uuid, reason text, source text)`,
      [committeeId, toJson(recusals)],
    );
  }

  /** Members who belong to an organisation of the agenda, or declared a conflict of interest with it. */
  automaticRecusals(query: Query, committeeId: string): Promise<SessionRecusal[]> {
    return query<SessionRecusal>(
      `SELECT DISTINCT m.id AS "memberId", a.organisation_id AS "organisationId",
         'Membre de la structure, ou conflit d’intérêts déclaré' AS reason, 'automatic' AS source
       FROM committee_members m
       JOIN actor_recusals a ON a.user_id = m.user_id
       WHERE m.committee_id = $1 AND a.organisation_id IN (
         SELECT l.organisation_id FROM committee_lines c JOIN funding_lines l ON l.id = c.funding_line_id WHERE c.committee_id = $1)`,
      [committeeId],
    );
  }

  /** Of the organisations that a member is recused from. */
  async recusedNames(query: Query, committeeId: string): Promise<ReadonlyMap<string, string>> {
    const rows = await query<{ id: string; name: string }>(
      'SELECT DISTINCT o.id, o.name FROM committee_recusals r JOIN organisations o ON o.id = r.organisation_id WHERE r.committee_id = $1',
      [committeeId],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  private async one(query: Query, sql: string, id: string): Promise<Committee> {
    const [row] = await query<Committee>(sql, [id]);
    if (!row) throw new NotFound();
    return row;
  }
}
