import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';
import type { MemberRole, Membership, MembershipState } from '../domain/membership.js';
import type { MembershipView } from '../domain/membership.view.js';
import { AlreadyMember } from '../domain/organisation.errors.js';

interface MembershipRow {
  readonly id: string;
  readonly organisation_id: string;
  readonly organisation_name: string;
  readonly user_id: string;
  readonly user_name: string;
  readonly user_email: string;
  readonly state: MembershipState;
  readonly is_editor: boolean;
  readonly is_signatory: boolean;
  readonly is_administrator: boolean;
  readonly message: string | null;
  readonly requested_at: Date;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly decision_reason: string | null;
  readonly ended_by: string | null;
  readonly ended_at: Date | null;
  readonly end_reason: string | null;
  readonly signatory_verified_at: Date | null;
  readonly signatory_verified_by: string | null;
  readonly signatory_evidence: string | null;
  readonly version: number;
}

export interface MembershipFilter {
  readonly organisationId?: string | undefined;
  readonly state?: MembershipState | undefined;
}

const WHERE = `
  EXISTS (SELECT FROM organisation_perimeters p JOIN unnest($1::text[], $2::text[]) AS s (kind, code) ON p.kind = s.kind AND p.code = s.code
          WHERE p.organisation_id = m.organisation_id)
  AND ($3::uuid IS NULL OR m.organisation_id = $3)
  AND ($4::text IS NULL OR m.state = $4)`;

@Injectable()
export class MembershipRepository {
  /** @throws AlreadyMember */
  async add(query: Query, { id, organisationId, userId, state, roles, message, requestedAt }: Membership): Promise<void> {
    const added = await query(
      `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor, is_signatory, is_administrator, message, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (organisation_id, user_id) WHERE state IN ('requested', 'active') DO NOTHING RETURNING id`,
      [id, organisationId, userId, state, ...flags(roles), message, requestedAt],
    );
    if (added.length === 0) throw new AlreadyMember();
  }

  /** @throws NotFound */
  async get(query: Query, id: string): Promise<MembershipView> {
    const [row] = await query<MembershipRow>('SELECT * FROM membership_rows WHERE id = $1', [id]);
    if (!row) throw new NotFound();
    return toView(row);
  }

  /** Locks the membership until the transaction ends. @throws NotFound */
  async lock(query: Query, id: string): Promise<MembershipView> {
    await query('SELECT FROM memberships WHERE id = $1 FOR UPDATE', [id]);
    return this.get(query, id);
  }

  async save(query: Query, membership: Membership): Promise<void> {
    const { id, state, roles, decidedBy, decidedAt, decisionReason, endedBy, endedAt, endReason, verification } = membership;
    await query(
      `UPDATE memberships SET state = $2, is_editor = $3, is_signatory = $4, is_administrator = $5, decided_by = $6, decided_at = $7,
              decision_reason = $8, ended_by = $9, ended_at = $10, end_reason = $11, signatory_verified_at = $12, signatory_verified_by = $13,
              signatory_evidence = $14, version = version + 1
       WHERE id = $1`,
      [
        ...[id, state, ...flags(roles), decidedBy, decidedAt, decisionReason, endedBy, endedAt, endReason],
        ...[verification?.at ?? null, verification?.by ?? null, verification?.evidence ?? null],
      ],
    );
  }

  /** Those of organisations seen from one of the scopes, the latest first. */
  async list(query: Query, scopes: readonly Scope[], filter: MembershipFilter, request: PageRequest): Promise<Page<MembershipView>> {
    const where = [scopes.map(({ kind }) => kind), scopes.map(({ code }) => code), filter.organisationId ?? null, filter.state ?? null];
    const [after = null] = request.after ?? [];
    const rows = await query<MembershipRow>(
      `SELECT m.* FROM membership_rows m WHERE ${WHERE} AND ($5::uuid IS NULL OR m.id < $5) ORDER BY m.id DESC LIMIT $6`,
      [...where, after, request.limit + 1],
    );
    const total = request.count ? await this.count(query, where) : undefined;
    return pageOf(rows.map(toView), request, (row) => [row.id], total);
  }

  /** The last word of each organisation that this person asked to join and has not left, by name. */
  async ofPerson(query: Query, userId: string): Promise<MembershipView[]> {
    const rows = await query<MembershipRow>(
      `SELECT * FROM (SELECT DISTINCT ON (organisation_id) * FROM membership_rows WHERE user_id = $1 ORDER BY organisation_id, id DESC) AS latest
       WHERE state <> 'ended' ORDER BY organisation_name, organisation_id`,
      [userId],
    );
    return rows.map(toView);
  }

  private async count(query: Query, where: readonly unknown[]): Promise<number> {
    const [row] = await query<{ total: number }>(`SELECT count(*)::int AS total FROM membership_rows m WHERE ${WHERE}`, where);
    return row?.total ?? 0;
  }
}

function flags(roles: readonly MemberRole[]): [boolean, boolean, boolean] {
  return [roles.includes('editor'), roles.includes('signatory'), roles.includes('administrator')];
}

function toView(row: MembershipRow): MembershipView {
  const { signatory_verified_at: at, signatory_verified_by: by, signatory_evidence: evidence } = row;
  const held: readonly [MemberRole, boolean][] = [
    ['editor', row.is_editor],
    ['signatory', row.is_signatory],
    ['administrator', row.is_administrator],
  ];
  return {
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    userId: row.user_id,
    userName: row.user_name,
    userEmail: row.user_email,
    state: row.state,
    roles: held.filter(([, holds]) => holds).map(([role]) => role),
    message: row.message,
    requestedAt: row.requested_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    decisionReason: row.decision_reason,
    endedBy: row.ended_by,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    verification: at !== null && by !== null && evidence !== null ? { at, by, evidence } : null,
    version: row.version,
  };
}
