import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Query } from '../../../platform/database/query.js';
import { RecusalAlreadyDeclared } from '../domain/organisation.errors.js';
import type { Recusal } from '../domain/recusal.js';

const COLUMNS = 'r.id, r.organisation_id AS "organisationId", o.name AS "organisationName", r.reason, r.declared_at AS "declaredAt"';

@Injectable()
export class RecusalRepository {
  /** @throws RecusalAlreadyDeclared */
  async add(query: Query, userId: string, { id, organisationId, reason, declaredAt }: Recusal): Promise<void> {
    const added = await query(
      `INSERT INTO recusals (id, user_id, organisation_id, reason, declared_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (user_id, organisation_id) WHERE ended_at IS NULL DO NOTHING RETURNING id`,
      [id, userId, organisationId, reason, declaredAt],
    );
    if (added.length === 0) throw new RecusalAlreadyDeclared();
  }

  /** Those that hold, the latest first. */
  of(query: Query, userId: string): Promise<Recusal[]> {
    return query<Recusal>(
      `SELECT ${COLUMNS} FROM recusals r JOIN organisations o ON o.id = r.organisation_id
       WHERE r.user_id = $1 AND r.ended_at IS NULL ORDER BY r.id DESC`,
      [userId],
    );
  }

  /** @throws NotFound when this person declared no such one, or ended it */
  async end(query: Query, userId: string, id: string, at: Date): Promise<{ readonly organisationId: string; readonly reason: string }> {
    const [ended] = await query<{ organisationId: string; reason: string }>(
      `UPDATE recusals SET ended_at = $3 WHERE id = $2 AND user_id = $1 AND ended_at IS NULL RETURNING organisation_id AS "organisationId", reason`,
      [userId, id, at],
    );
    if (!ended) throw new NotFound();
    return ended;
  }
}
