import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';

export interface Rights {
  readonly rights: readonly { readonly role: string; readonly kind: string; readonly code: string }[];
  /** Ids of organisations. */
  readonly recusals: readonly string[];
}

@Injectable()
export class RightsRepository {
  /** What a person may do and must not judge, if their account is open and the session lives at `now`; else null. One statement a request. */
  async of(query: Query, userId: string, sessionId: string, now: Date): Promise<Rights | null> {
    const [row] = await query<Rights>(
      `SELECT
         (SELECT coalesce(json_agg(json_build_object('role', r.role, 'kind', r.scope_kind, 'code', r.scope_code)), '[]')
          FROM actor_rights r WHERE r.user_id = u.id) AS rights,
         (SELECT coalesce(json_agg(c.organisation_id), '[]') FROM actor_recusals c WHERE c.user_id = u.id) AS recusals
       FROM users u JOIN sessions s ON s.user_id = u.id
       WHERE u.id = $1 AND s.id = $2 AND u.disabled_at IS NULL AND s.ended_at IS NULL AND s.expires_at > $3`,
      [userId, sessionId, now],
    );
    return row ?? null;
  }
}
