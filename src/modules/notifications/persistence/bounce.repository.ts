import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { Bounce, BounceSource, Severity } from '../domain/bounce.js';

export interface NewBounce {
  readonly mailId: string;
  readonly userId: string;
  readonly source: BounceSource;
  readonly severity: Severity;
  readonly status: string | null;
  /** Without any address. */
  readonly diagnostic: string;
  /** Who brought the report; null when the server refused on the spot. */
  readonly recordedBy: string | null;
  readonly at: Date;
}

const BOUNCE = `b.id, b.mail_id AS "mailId", b.source, b.severity, b.status, b.diagnostic, b.recorded_at AS "recordedAt", p.id AS "personId",
  p.name AS "personName", p.email, f.user_id IS NOT NULL AS "addressFlagged",
  (SELECT array_agg(DISTINCT d.kind ORDER BY d.kind) FROM deliveries d WHERE d.mail_id = b.mail_id) AS kinds,
  (SELECT d.state FROM deliveries d WHERE d.mail_id = b.mail_id AND d.state <> 'cancelled' ORDER BY d.id LIMIT 1) AS state`;
const FROM = `mail_bounces b JOIN notified_people p ON p.id = b.user_id LEFT JOIN flagged_addresses f ON f.user_id = b.user_id`;

@Injectable()
export class BounceRepository {
  /** Gives its id; null when the same was recorded before. Of a mail that was blanked, what the server says is not kept. */
  async add(query: Query, bounce: NewBounce): Promise<string | null> {
    const { mailId, userId, source, severity, status, diagnostic, recordedBy, at } = bounce;
    const [row] = await query<{ id: string }>(
      `INSERT INTO mail_bounces (id, mail_id, user_id, source, severity, status, diagnostic, address_sha256, recorded_at, recorded_by)
       SELECT $1, $2, $3, $4, $5, $6,
              CASE WHEN EXISTS (SELECT FROM deliveries d WHERE d.mail_id = $2 AND d.blanked_at IS NOT NULL) THEN '' ELSE $7 END,
              sha256(convert_to(lower(email), 'UTF8')), $8, $9 FROM notified_people WHERE id = $3
       ON CONFLICT (mail_id, source, severity, status) DO NOTHING
       RETURNING id`,
      [newId(), mailId, userId, source, severity, status, diagnostic, at, recordedBy],
    );
    return row?.id ?? null;
  }

  /** The one recorded of that mail with that severity and status. */
  async of(query: Query, { mailId, severity, status }: Pick<NewBounce, 'mailId' | 'severity' | 'status'>): Promise<Bounce> {
    const [row] = await query<Bounce>(
      `SELECT ${BOUNCE} FROM ${FROM} WHERE b.mail_id = $1 AND b.source = 'report' AND b.severity = $2 AND b.status IS NOT DISTINCT FROM $3`,
      [mailId, severity, status],
    );
    if (!row) throw new Error('A bounce that was just recorded is not there.');
    return row;
  }

  /** Newest first; `flagged`: of the addresses from which several came back. */
  async page(query: Query, flagged: boolean, page: PageRequest): Promise<Page<Bounce>> {
    const rows = await query<Bounce>(
      `SELECT ${BOUNCE} FROM ${FROM} WHERE (NOT $1 OR f.user_id IS NOT NULL) AND ($2::uuid IS NULL OR b.id < $2) ORDER BY b.id DESC LIMIT $3`,
      [flagged, page.after?.[0] ?? null, page.limit + 1],
    );
    const total = page.count ? await this.countOf(query, flagged) : undefined;
    return pageOf(rows, page, ({ id }) => [id], total);
  }

  async isFlagged(query: Query, userId: string): Promise<boolean> {
    return (await query('SELECT 1 FROM flagged_addresses WHERE user_id = $1', [userId])).length > 0;
  }

  private async countOf(query: Query, flagged: boolean): Promise<number> {
    const [row] = await query<{ count: number }>(`SELECT count(*)::int AS count FROM ${FROM} WHERE NOT $1 OR f.user_id IS NOT NULL`, [
      flagged,
    ]);
    return row?.count ?? 0;
  }
}
