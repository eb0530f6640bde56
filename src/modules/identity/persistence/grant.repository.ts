import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Query } from '../../../platform/database/query.js';
import type { Grant, GrantedRole, GrantedScope, GrantedScopeKind } from '../domain/grant.js';
import { GrantAlreadyHeld } from '../domain/identity.errors.js';

interface GrantRow {
  readonly id: string;
  readonly user_id: string;
  readonly role: GrantedRole;
  readonly scope_kind: GrantedScopeKind;
  readonly scope_code: string;
  readonly granted_at: Date;
  readonly revoked_at: Date | null;
}

const COLUMNS = 'id, user_id, role, scope_kind, scope_code, granted_at, revoked_at';

@Injectable()
export class GrantRepository {
  async scopeExists(query: Query, scope: GrantedScope): Promise<boolean> {
    return (await query('SELECT 1 FROM grantable_scopes WHERE kind = $1 AND code = $2', [scope.kind, scope.code])).length > 0;
  }

  /** @throws GrantAlreadyHeld */
  async add(query: Query, grant: Grant, grantedBy: string | null): Promise<void> {
    const added = await query(
      `INSERT INTO grants (id, user_id, role, scope_kind, scope_code, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (user_id, role, scope_kind, scope_code) WHERE revoked_at IS NULL DO NOTHING RETURNING id`,
      [grant.id, grant.userId, grant.role, grant.scope.kind, grant.scope.code, grantedBy, grant.grantedAt],
    );
    if (added.length === 0) throw new GrantAlreadyHeld();
  }

  /** @throws NotFound when this person never held it */
  async lock(query: Query, userId: string, id: string): Promise<Grant> {
    const [row] = await query<GrantRow>(`SELECT ${COLUMNS} FROM grants WHERE id = $2 AND user_id = $1 FOR UPDATE`, [userId, id]);
    if (!row) throw new NotFound();
    return toGrant(row);
  }

  async end(query: Query, id: string, endedBy: string, at: Date): Promise<void> {
    await query('UPDATE grants SET revoked_at = $3, revoked_by = $2 WHERE id = $1', [id, endedBy, at]);
  }

  /** Of each of these people, the roles held now; with `history`, also those held before. Oldest first. */
  async of(query: Query, userIds: readonly string[], history = false): Promise<Grant[]> {
    const rows = await query<GrantRow>(
      `SELECT ${COLUMNS} FROM grants WHERE user_id = ANY ($1::uuid[]) AND ($2 OR revoked_at IS NULL) ORDER BY granted_at, id`,
      [userIds, history],
    );
    return rows.map(toGrant);
  }
}

function toGrant(row: GrantRow): Grant {
  return {
    id: row.id,
    userId: row.user_id,
    role: row.role,
    scope: { kind: row.scope_kind, code: row.scope_code },
    grantedAt: row.granted_at,
    revokedAt: row.revoked_at,
  };
}
