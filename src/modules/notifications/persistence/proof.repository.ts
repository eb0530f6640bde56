import { Injectable } from '@nestjs/common';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { Proof } from '../domain/proof.js';

/**
 * Mail about a dossier, from its submission on: of the draft, who instructs knows nothing. By the dossier itself, by what names it, by its acts, and by
 * the results that told of one of its lines.
 */
const ABOUT = `
  WITH dossier AS (SELECT id, call_id, organisation_id, submitted_at FROM notified_dossiers WHERE id = $1::uuid),
  mail AS (
    SELECT d.id FROM deliveries d WHERE d.object_type = 'dossier' AND d.object_id = $1::uuid
    UNION
    SELECT d.id FROM deliveries d WHERE d.refs ->> 'dossierId' = $1::uuid::text
    UNION
    SELECT d.id FROM notified_act_dossiers a JOIN deliveries d ON d.object_type = 'act' AND d.object_id = a.act_id WHERE a.dossier_id = $1::uuid
    UNION
    SELECT d.id FROM dossier n JOIN deliveries d ON d.object_type = 'call' AND d.object_id = n.call_id AND d.organisation_id = n.organisation_id
    WHERE d.refs -> 'lineIds' ?| ARRAY(SELECT l.id::text FROM notified_dossier_lines l WHERE l.dossier_id = n.id)
  )
  SELECT d.* FROM mail JOIN deliveries d USING (id) CROSS JOIN dossier n WHERE d.channel = 'mail' AND d.created_at >= n.submitted_at`;

@Injectable()
export class ProofRepository {
  /** Newest first. */
  async page(query: Query, dossierId: string, page: PageRequest): Promise<Page<Proof>> {
    const rows = await query<Proof>(
      `SELECT d.id, d.kind, d.subject, p.id AS "personId", p.name AS "personName", p.email, d.state, d.created_at AS "toldAt", d.sent_at AS "sentAt",
              i.read_at AS "readAt", d.blanked_at AS "blankedAt", d.mail_id AS "mailId", last.reply_code AS "replyCode",
              (SELECT coalesce(sum(a.tries), 0)::int FROM mail_attempts a WHERE a.mail_id = d.mail_id) AS tries,
              (SELECT jsonb_build_object('severity', b.severity, 'status', b.status) FROM mail_bounces b
               WHERE b.mail_id = d.mail_id ORDER BY b.id DESC LIMIT 1) AS bounce
       FROM (SELECT * FROM (${ABOUT}) AS about WHERE ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3) AS d
       JOIN notified_people p ON p.id = d.user_id
       LEFT JOIN inbox_messages i ON i.event_id = d.event_id AND i.user_id = d.user_id
       LEFT JOIN LATERAL (SELECT reply_code FROM mail_attempts a WHERE a.mail_id = d.mail_id ORDER BY a.last_at DESC LIMIT 1) AS last ON true
       ORDER BY d.id DESC`,
      [dossierId, page.after?.[0] ?? null, page.limit + 1],
    );
    const total = page.count ? await this.countOf(query, dossierId) : undefined;
    return pageOf(rows, page, ({ id }) => [id], total);
  }

  private async countOf(query: Query, dossierId: string): Promise<number> {
    const [row] = await query<{ count: number }>(`SELECT count(*)::int AS count FROM (${ABOUT}) AS about`, [dossierId]);
    return row?.count ?? 0;
  }
}
