import { Injectable } from '@nestjs/common';
import { ActorLoader, type Actor, type RoleGrant } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';

interface RightsRow {
  readonly rights: { role: RoleGrant['role']; kind: RoleGrant['scope']['kind']; code: string }[];
  readonly recusals: string[];
}

/** Reads at each request what the signed-in person may do now, so that a right withdrawn stops at once. */
@Injectable()
export class RightsLoader extends ActorLoader {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async load(userId: string, sessionId: string): Promise<Actor | null> {
    const [row] = await this.work.read<RightsRow>(
      `SELECT
         (SELECT coalesce(json_agg(json_build_object('role', r.role, 'kind', r.scope_kind, 'code', r.scope_code)), '[]')
          FROM actor_rights r WHERE r.user_id = u.id) AS rights,
         (SELECT coalesce(json_agg(c.organisation_id), '[]') FROM actor_recusals c WHERE c.user_id = u.id) AS recusals
       FROM users u JOIN sessions s ON s.user_id = u.id
       WHERE u.id = $1 AND s.id = $2 AND u.disabled_at IS NULL AND s.ended_at IS NULL AND s.expires_at > now()`,
      [userId, sessionId],
    );
    if (!row) return null;
    return {
      id: userId,
      kind: 'user',
      grants: row.rights.map(({ role, kind, code }) => ({ role, scope: { kind, code } })),
      recusedFrom: new Set(row.recusals),
    };
  }
}
