import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { ComplementRequest, ComplementStatus } from '../domain/complement.js';

/** A request as people read it: by whom it was made and answered, and where it stands. */
export interface ComplementRow extends ComplementRequest {
  readonly requestedByName: string;
  readonly answeredByName: string | null;
  readonly status: ComplementStatus;
}

const COLUMNS = `c.id, c.dossier_id AS "dossierId", c.reason, c.items, c.due_on AS "dueOn", c.requested_by AS "requestedBy",
  c.requested_at AS "requestedAt", c.answered_at AS "answeredAt", c.answered_by AS "answeredBy", c.answer, c.lapsed_at AS "lapsedAt"`;
const ROW_COLUMNS = `${COLUMNS}, c.requested_by_name AS "requestedByName", c.answered_by_name AS "answeredByName", c.status`;

@Injectable()
export class ComplementRepository {
  /** Whoever changes one of them holds the lock of the dossier. */
  ofDossier(query: Query, dossierId: string): Promise<ComplementRequest[]> {
    return query<ComplementRequest>(`SELECT ${COLUMNS} FROM complement_requests c WHERE c.dossier_id = $1 ORDER BY c.requested_at, c.id`, [
      dossierId,
    ]);
  }

  async add(query: Query, request: ComplementRequest): Promise<void> {
    const { id, dossierId, reason, items, dueOn, requestedBy, requestedAt } = request;
    await query(
      `INSERT INTO complement_requests (id, dossier_id, reason, items, due_on, requested_by, requested_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, dossierId, reason, JSON.stringify(items), dueOn, requestedBy, requestedAt],
    );
  }

  async saveAnswer(query: Query, { id, answer, answeredBy, answeredAt }: ComplementRequest): Promise<void> {
    await query('UPDATE complement_requests SET answer = $2, answered_by = $3, answered_at = $4 WHERE id = $1', [
      id,
      answer,
      answeredBy,
      answeredAt,
    ]);
  }

  async markLapsed(query: Query, id: string, at: Date): Promise<void> {
    await query('UPDATE complement_requests SET lapsed_at = $2 WHERE id = $1', [id, at]);
  }

  /** Dossiers whose answer was due before `today`, the oldest first. */
  async overdue(query: Query, today: Day): Promise<string[]> {
    const rows = await query<{ dossierId: string }>(
      `SELECT c.dossier_id AS "dossierId" FROM complement_rows c WHERE c.status = 'open' AND c.due_on < $1 ORDER BY c.due_on, c.id`,
      [today],
    );
    return rows.map(({ dossierId }) => dossierId);
  }

  /** @throws NotFound */
  async get(query: Query, id: string): Promise<ComplementRow> {
    const [row] = await query<ComplementRow>(`SELECT ${ROW_COLUMNS} FROM complement_rows c WHERE c.id = $1`, [id]);
    if (!row) throw new NotFound();
    return row;
  }

  /** The last one first. */
  async page(query: Query, dossierId: string, request: PageRequest): Promise<Page<ComplementRow>> {
    const rows = await query<ComplementRow>(
      `SELECT ${ROW_COLUMNS} FROM complement_rows c
       WHERE c.dossier_id = $1 AND ($2::uuid IS NULL OR c.id < $2::uuid) ORDER BY c.id DESC LIMIT $3`,
      [dossierId, request.after?.[0] ?? null, request.limit + 1],
    );
    const total = request.count ? (await this.ofDossier(query, dossierId)).length : undefined;
    return pageOf(rows, request, ({ id }) => [id], total);
  }
}
