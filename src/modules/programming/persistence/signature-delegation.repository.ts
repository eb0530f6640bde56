import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { DelegationOverlaps } from '../domain/programming.errors.js';
import type { Scope } from '../../../kernel/scope.js';
import type { SignatureDelegation } from '../domain/signature-delegation.js';

export interface DelegationInForce {
  readonly ceilingCents: Money;
  readonly startsOn: Day;
  readonly endsOn: Day;
}

export interface DelegationFilter {
  readonly funderId?: string;
  readonly userId?: string;
}

const EXCLUSION_VIOLATION = '23P01';

const COLUMNS = `g.id, g.user_id AS "userId", u.name AS "userName", g.funder_id AS "funderId", f.code AS "funderCode", g.sector_code AS "sectorCode",
  g.ceiling_cents AS "ceilingCents", lower(g.valid) AS "validFrom", (upper(g.valid) - 1) AS "validUntil", g.reference, g.granted_by AS "grantedBy",
  g.granted_at AS "grantedAt", g.end_reason AS "endReason", g.version`;

@Injectable()
export class SignatureDelegationRepository {
  /** The most generous one that this person holds for the funder on that day, over one of the sectors or over the whole département. */
  async inForce(query: Query, userId: string, funderId: string, sectors: readonly string[], on: Day): Promise<DelegationInForce | null> {
    const [row] = await query<DelegationInForce>(
      `SELECT ceiling_cents AS "ceilingCents", lower(valid) AS "startsOn", (upper(valid) - 1) AS "endsOn"
       FROM signature_delegations
       WHERE user_id = $1 AND funder_id = $2 AND valid @> $3::date AND (sector_code IS NULL OR sector_code = ANY ($4::text[]))
       ORDER BY ceiling_cents DESC LIMIT 1`,
      [userId, funderId, on, sectors],
    );
    return row ?? null;
  }

  /** @throws DelegationOverlaps */
  async insert(query: Query, delegation: Omit<SignatureDelegation, 'userName' | 'funderCode' | 'endReason' | 'version'>): Promise<void> {
    const { id, userId, funderId, sectorCode, ceilingCents, validFrom, validUntil, reference, grantedBy, grantedAt } = delegation;
    try {
      await query(
        `INSERT INTO signature_delegations (id, user_id, funder_id, sector_code, ceiling_cents, valid, reference, granted_by, granted_at)
         VALUES ($1, $2, $3, $4, $5, daterange($6::date, $7::date, '[]'), $8, $9, $10)`,
        [id, userId, funderId, sectorCode, ceilingCents, validFrom, validUntil, reference, grantedBy, grantedAt],
      );
    } catch (error) {
      if ((error as { code?: unknown }).code === EXCLUSION_VIOLATION) throw new DelegationOverlaps();
      throw error;
    }
  }

  async get(query: Query, id: string): Promise<SignatureDelegation | null> {
    const [row] = await query<SignatureDelegation>(
      `SELECT ${COLUMNS} FROM signature_delegations g JOIN users u ON u.id = g.user_id JOIN funders f ON f.id = g.funder_id WHERE g.id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** @throws NotFound */
  async lock(query: Query, id: string): Promise<{ delegation: SignatureDelegation; departmentCode: string }> {
    const [row] = await query<SignatureDelegation & { departmentCode: string }>(
      `SELECT ${COLUMNS}, f.department_code AS "departmentCode"
       FROM signature_delegations g JOIN users u ON u.id = g.user_id JOIN funders f ON f.id = g.funder_id WHERE g.id = $1 FOR UPDATE OF g`,
      [id],
    );
    if (!row) throw new NotFound();
    const { departmentCode, ...delegation } = row;
    return { delegation, departmentCode };
  }

  /** Everywhere it is seen from. */
  scopesOf(query: Query, id: string): Promise<Scope[]> {
    return query<Scope>('SELECT kind, code FROM signature_delegation_scopes WHERE delegation_id = $1', [id]);
  }

  end(tx: Tx, { id, validFrom, validUntil, endReason, version }: SignatureDelegation, endedBy: string): void {
    tx.write(
      `UPDATE signature_delegations
       SET valid = daterange($2::date, $3::date, '[]'), end_reason = $4, version = $5, ended_by = $6, ended_at = $7 WHERE id = $1`,
      [id, validFrom, validUntil, endReason, version, endedBy, tx.at],
    );
  }

  /** Whether this person may be unknown, or holds the role of delegate over that sector, or that département or (without sector) a part of it. */
  async standingOf(
    query: Query,
    userId: string,
    sectorCode: string | null,
    departmentCode: string,
  ): Promise<'unknown' | 'delegate' | 'other'> {
    const [row] = await query<{ isDelegate: boolean }>(
      `SELECT EXISTS (
         SELECT FROM actor_rights r LEFT JOIN sectors s ON r.scope_kind = 'sector' AND s.code = r.scope_code
         WHERE r.user_id = u.id AND r.role = 'delegate'
           AND ((r.scope_kind = 'department' AND r.scope_code = $3) OR (s.department_code = $3 AND ($2::text IS NULL OR s.code = $2)))
       ) AS "isDelegate"
       FROM users u WHERE u.id = $1`,
      [userId, sectorCode, departmentCode],
    );
    if (!row) return 'unknown';
    return row.isDelegate ? 'delegate' : 'other';
  }

  async page(query: Query, filter: DelegationFilter, sight: readonly Scope[], request: PageRequest): Promise<Page<SignatureDelegation>> {
    const from = `signature_delegations g JOIN users u ON u.id = g.user_id JOIN funders f ON f.id = g.funder_id
      WHERE ($1::uuid IS NULL OR g.funder_id = $1) AND ($2::uuid IS NULL OR g.user_id = $2)
        AND EXISTS (SELECT FROM signature_delegation_scopes s JOIN unnest($3::text[], $4::text[]) AS seen (kind, code) USING (kind, code)
                    WHERE s.delegation_id = g.id)`;
    const filters = [filter.funderId ?? null, filter.userId ?? null, sight.map(({ kind }) => kind), sight.map(({ code }) => code)];
    const rows = await query<SignatureDelegation>(
      `SELECT ${COLUMNS} FROM ${from} AND ($5::uuid IS NULL OR g.id > $5) ORDER BY g.id LIMIT $6`,
      [...filters, request.after?.[0] ?? null, request.limit + 1],
    );
    const counted = request.count ? await query<{ total: bigint }>(`SELECT count(*) AS total FROM ${from}`, filters) : [];
    return pageOf(rows, request, ({ id }) => [id], counted[0] === undefined ? undefined : Number(counted[0].total));
  }

  /** Whether the sector lies in that département. */
  async isSectorOf(query: Query, sectorCode: string, departmentCode: string): Promise<boolean> {
    const rows = await query('SELECT 1 FROM sectors WHERE code = $1 AND department_code = $2', [sectorCode, departmentCode]);
    return rows.length > 0;
  }
}
