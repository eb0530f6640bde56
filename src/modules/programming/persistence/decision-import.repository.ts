import { Injectable } from '@nestjs/common';
import { toJson } from '../../../platform/database/json.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Candidate, DecisionImport, ImportedRow } from '../domain/decision-import.js';

const COLUMNS = `id, version, funder_id AS "funderId", state, created_by AS "createdBy", created_at AS "createdAt", applied_at AS "appliedAt"`;

@Injectable()
export class DecisionImportRepository {
  /** The lines of that funder in those submitted dossiers. */
  candidates(query: Query, funderId: string, dossierNumbers: readonly string[]): Promise<Candidate[]> {
    return query<Candidate>(
      `SELECT l.id AS "lineId", upper(d.number) AS "dossierNumber", a.title AS "actionTitle"
       FROM dossiers d JOIN funding_lines l ON l.dossier_id = d.id JOIN actions a ON a.id = l.action_id
       WHERE d.number = ANY ($2::text[]) AND d.submitted_at IS NOT NULL AND l.funder_id = $1 AND l.state <> 'withdrawn' ORDER BY l.id`,
      [funderId, dossierNumbers],
    );
  }

  create(tx: Tx, { id, funderId, createdBy, createdAt, rows }: DecisionImport, fileHash: Buffer): void {
    tx.write('INSERT INTO decision_imports (id, funder_id, file_hash, created_by, created_at) VALUES ($1, $2, $3, $4, $5)', [
      ...[id, funderId, fileHash, createdBy, createdAt],
    ]);
    tx.write(
      `INSERT INTO decision_import_rows (import_id, line_number, dossier_number, action_title, amount_cents, reference, decided_on, reason, status,
         funding_line_id, code, detail)
       SELECT $1, r.line, r."dossierNumber", r."actionTitle", r."amountCents", r.reference, r."decidedOn", r.reason, r.status, r."lineId", r.code, r.detail
       FROM jsonb_to_recordset($2::jsonb) AS r (line integer, "dossierNumber" text, "actionTitle" text, "amountCents" bigint, reference text,
         "decidedOn" date, reason text, status text, "lineId" uuid, code text, detail text)`,
      [id, toJson(rows)],
    );
  }

  find(query: Query, id: string): Promise<DecisionImport | null> {
    return this.one(query, `SELECT ${COLUMNS} FROM decision_imports WHERE id = $1`, id);
  }

  lock(query: Query, id: string): Promise<DecisionImport | null> {
    return this.one(query, `SELECT ${COLUMNS} FROM decision_imports WHERE id = $1 FOR UPDATE`, id);
  }

  applied(tx: Tx, { id, version, appliedAt }: DecisionImport, appliedBy: string): void {
    tx.write(`UPDATE decision_imports SET state = 'applied', version = $2, applied_at = $3, applied_by = $4 WHERE id = $1`, [
      ...[id, version, appliedAt, appliedBy],
    ]);
  }

  private async one(query: Query, sql: string, id: string): Promise<DecisionImport | null> {
    const [found] = await query<Omit<DecisionImport, 'rows'>>(sql, [id]);
    if (!found) return null;
    const rows = await query<ImportedRow>(
      `SELECT line_number AS line, dossier_number AS "dossierNumber", action_title AS "actionTitle", amount_cents AS "amountCents", reference,
         decided_on AS "decidedOn", reason, status, funding_line_id AS "lineId", code, detail
       FROM decision_import_rows WHERE import_id = $1 ORDER BY line_number`,
      [id],
    );
    return { ...found, rows };
  }
}
