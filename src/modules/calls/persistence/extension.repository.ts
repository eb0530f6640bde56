import { Injectable } from '@nestjs/common';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import { UnknownOrganisation } from '../domain/call.errors.js';
import type { Extension } from '../domain/extension.js';

const COLUMNS = `e.id, e.organisation_id AS "organisationId", e.until, e.reason, e.granted_at AS "grantedAt"`;
const FOREIGN_KEY_VIOLATION = '23503';

@Injectable()
export class ExtensionRepository {
  async of(query: Query, callId: string, organisationId: string): Promise<Extension | null> {
    const [row] = await query<Extension>(`SELECT ${COLUMNS} FROM call_extensions e WHERE e.call_id = $1 AND e.organisation_id = $2`, [
      callId,
      organisationId,
    ]);
    return row ?? null;
  }

  /** One a call and organisation: a further one takes the place of the former, which the audit keeps. @throws UnknownOrganisation */
  async save(query: Query, callId: string, extension: Extension, grantedBy: string): Promise<void> {
    const { id, organisationId, until, reason, grantedAt } = extension;
    try {
      await query(
        `INSERT INTO call_extensions (id, call_id, organisation_id, until, reason, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (call_id, organisation_id)
         DO UPDATE SET until = excluded.until, reason = excluded.reason, granted_by = excluded.granted_by, granted_at = excluded.granted_at`,
        [id, callId, organisationId, until, reason, grantedBy, grantedAt],
      );
    } catch (error) {
      const { code, constraint } = error as { code?: unknown; constraint?: unknown };
      if (code === FOREIGN_KEY_VIOLATION && constraint === 'call_extensions_organisation_id_fkey') throw new UnknownOrganisation();
      throw error;
    }
  }

  /** Those of the organisations given; of all when `organisationIds` is null. */
  async page(query: Query, callId: string, organisationIds: readonly string[] | null, request: PageRequest): Promise<Page<Extension>> {
    const filtered = 'FROM call_extensions e WHERE e.call_id = $1 AND ($2::uuid[] IS NULL OR e.organisation_id = ANY ($2))';
    const rows = await query<Extension>(`SELECT ${COLUMNS} ${filtered} AND ($3::uuid IS NULL OR e.id > $3) ORDER BY e.id LIMIT $4`, [
      callId,
      organisationIds,
      request.after?.[0] ?? null,
      request.limit + 1,
    ]);
    const counted = request.count
      ? await query<{ total: number }>(`SELECT count(*)::int AS total ${filtered}`, [callId, organisationIds])
      : [];
    return pageOf(rows, request, (row) => [row.id], counted[0]?.total);
  }
}
