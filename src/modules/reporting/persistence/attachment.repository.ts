import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ReportAttachment } from '../domain/report.js';

@Injectable()
export class AttachmentRepository {
  add(tx: Tx, reportId: string, { id, fileId, label, name, sha256 }: ReportAttachment, by: string): void {
    tx.write(
      `INSERT INTO report_attachments (id, report_id, file_id, label, name, sha256, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, reportId, fileId, label, name, sha256, by, tx.at],
    );
  }

  /** Kept: what was attested before may name it. */
  remove(tx: Tx, id: string): void {
    tx.write('UPDATE report_attachments SET removed_at = $2 WHERE id = $1', [id, tx.at]);
  }
}
