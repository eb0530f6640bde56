import { Injectable } from '@nestjs/common';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Perimeter } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';
import type { TrailRow } from '../domain/line-history.js';

/** Whose the line is, and everywhere it is seen from. */
export interface LineOwner {
  readonly organisationId: string;
  readonly submitted: boolean;
  readonly perimeter: Perimeter;
}

/** How the applicant reads each state of a line. */
export type PublicStatuses = Readonly<Record<string, string>>;

const HIDDEN = 'under-instruction';

// The applicant reads what its dossier went through, and the acts that changed what it reads of the line or the money it was told of. What leads
// to a state that it does not read, it does not read.
const WHERE = `
  t.funding_line_id = $1
  AND ($2::text[] IS NULL OR t.kind LIKE 'dossier.%' OR EXISTS (
    SELECT FROM unnest($2::text[], $3::text[]) AS reads (state, status)
    WHERE reads.state = t.after ->> 'state' AND reads.status <> '${HIDDEN}'
      AND (reads.status IS DISTINCT FROM (SELECT w.status FROM unnest($2::text[], $3::text[]) AS w (state, status) WHERE w.state = t.before ->> 'state')
        OR (t.after ? 'paidCents' AND t.after ->> 'paidCents' IS DISTINCT FROM coalesce(t.before ->> 'paidCents', '0'))
        OR (t.before ? 'grantedCents' AND t.after ? 'grantedCents' AND t.after ->> 'grantedCents' IS DISTINCT FROM t.before ->> 'grantedCents'))))`;

@Injectable()
export class LineTrailRepository {
  async owner(query: Query, lineId: string): Promise<LineOwner | null> {
    const [row] = await query<LineOwner>(
      `SELECT l.organisation_id AS "organisationId", d.submitted_at IS NOT NULL AS submitted, d.perimeter
       FROM funding_lines l JOIN dossier_standing d ON d.dossier_id = l.dossier_id WHERE l.id = $1`,
      [lineId],
    );
    return row ?? null;
  }

  /** The oldest first. `reads`: for the applicant; null for those who judge. */
  async page(query: Query, lineId: string, reads: PublicStatuses | null, request: PageRequest): Promise<Page<TrailRow>> {
    const params = [lineId, reads && Object.keys(reads), reads && Object.values(reads)];
    const rows = await query<TrailRow>(
      `SELECT t.id, t.at, m.moment, t.kind, t.actor_id AS "actorId", u.name AS "actorName", t.before, t.after, t.amount_cents AS "amountCents",
         t.envelope_id AS "envelopeId", t.reason
       FROM funding_line_trail t LEFT JOIN users u ON u.id = t.actor_id
       CROSS JOIN LATERAL (SELECT (extract(epoch FROM t.at) * 1000000)::bigint AS moment) m
       WHERE ${WHERE} AND ($4::bigint IS NULL OR (m.moment, t.id) > ($4::bigint, $5::uuid))
       ORDER BY m.moment, t.id LIMIT $6`,
      [...params, request.after?.[0] ?? null, request.after?.[1] ?? null, request.limit + 1],
    );
    const counted = request.count
      ? await query<{ total: bigint }>(`SELECT count(*) AS total FROM funding_line_trail t WHERE ${WHERE}`, params)
      : [];
    return pageOf(rows, request, ({ moment, id }) => [moment.toString(), id], counted[0] && Number(counted[0].total));
  }
}
