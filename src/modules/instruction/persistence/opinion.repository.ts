import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { GivenOpinion, OpinionRole, PlacesOfLine } from '../domain/opinion.js';

export interface NewOpinion extends GivenOpinion {
  readonly lineId: string;
  readonly authorId: string;
  readonly role: OpinionRole;
  readonly givenAt: Date;
}

export interface Opinion extends NewOpinion {
  readonly id: string;
  readonly dossierId: string;
  readonly authorName: string;
  /** When its author gave another one for the same role; null for the one that counts. */
  readonly replacedAt: Date | null;
}

export interface InstructedLine extends PlacesOfLine {
  readonly dossierId: string;
  readonly organisationId: string;
}

/** Which opinions of a line are read. */
export interface OpinionFilter {
  readonly lineId: string;
  /** Those replaced too. */
  readonly history: boolean;
  /** Only those of one author; null: everyone's. */
  readonly authorId: string | null;
}

const COLUMNS = `o.id, o.funding_line_id AS "lineId", o.dossier_id AS "dossierId", o.author_id AS "authorId", o.author_name AS "authorName", o.role,
  o.opinion, o.proposed_cents AS "proposedCents", o.reason, o.given_at AS "givenAt", o.replaced_at AS "replacedAt"`;
const MATCHES = 'o.funding_line_id = $1 AND ($2 OR o.replaced_at IS NULL) AND ($3::uuid IS NULL OR o.author_id = $3::uuid)';

@Injectable()
export class OpinionRepository {
  /** Whose a line is, and where; lines of a draft are not for those who instruct. @throws NotFound */
  async instructedLine(query: Query, lineId: string): Promise<InstructedLine> {
    const [row] = await query<InstructedLine>(
      'SELECT dossier_id AS "dossierId", organisation_id AS "organisationId", qpv, communes FROM instructed_lines WHERE funding_line_id = $1',
      [lineId],
    );
    if (!row) throw new NotFound();
    return row;
  }

  /** Adds an opinion in place of its author's former one for that role, which is kept. Gives the former one's id. The line is locked. */
  async replace(query: Query, opinion: NewOpinion): Promise<{ id: string; replacedId: string | null }> {
    const { lineId, authorId, role, givenAt } = opinion;
    const [replaced] = await query<{ id: string }>(
      `UPDATE opinions SET replaced_at = $4 WHERE funding_line_id = $1 AND author_id = $2 AND role = $3 AND replaced_at IS NULL RETURNING id`,
      [lineId, authorId, role, givenAt],
    );
    const id = newId();
    await query(
      `INSERT INTO opinions (id, funding_line_id, author_id, role, opinion, proposed_cents, reason, given_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, lineId, authorId, role, opinion.opinion, opinion.proposedCents, opinion.reason, givenAt],
    );
    return { id, replacedId: replaced?.id ?? null };
  }

  /** @throws NotFound */
  async get(query: Query, id: string): Promise<Opinion> {
    const [row] = await query<Opinion>(`SELECT ${COLUMNS} FROM opinion_rows o WHERE o.id = $1`, [id]);
    if (!row) throw new NotFound();
    return row;
  }

  /** The last one first. */
  async page(query: Query, { lineId, history, authorId }: OpinionFilter, request: PageRequest): Promise<Page<Opinion>> {
    const filter = [lineId, history, authorId];
    const rows = await query<Opinion>(
      `SELECT ${COLUMNS} FROM opinion_rows o WHERE ${MATCHES} AND ($4::uuid IS NULL OR o.id < $4::uuid) ORDER BY o.id DESC LIMIT $5`,
      [...filter, request.after?.[0] ?? null, request.limit + 1],
    );
    if (!request.count) return pageOf(rows, request, ({ id }) => [id]);
    const [counted] = await query<{ total: number }>(`SELECT count(*)::int AS total FROM opinions o WHERE ${MATCHES}`, filter);
    return pageOf(rows, request, ({ id }) => [id], counted?.total);
  }
}
