import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import { cents, type Money } from '../../../kernel/money.js';
import { toJson } from '../../../platform/database/json.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { ReportExists } from '../domain/report.errors.js';
import type { Report, ReportContent, ReportKind, ReportRow } from '../domain/report.js';
import type { ReportState } from '../domain/report.transitions.js';

interface Stored {
  readonly id: string;
  readonly actionId: string;
  readonly dossierId: string;
  readonly callId: string;
  readonly organisationId: string;
  readonly year: number;
  readonly kind: ReportKind;
  readonly state: ReportState;
  readonly version: number;
  readonly content: ReportContent;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly attestedHash: Buffer | null;
  readonly attestedBy: string | null;
  readonly attestedAt: Date | null;
  readonly submittedAt: Date | null;
}

const COLUMNS = `r.id, r.action_id AS "actionId", r.dossier_id AS "dossierId", r.call_id AS "callId", r.organisation_id AS "organisationId", r.year, r.kind,
  r.state, r.version, r.content, r.created_at AS "createdAt", r.updated_at AS "updatedAt", r.attested_hash AS "attestedHash",
  r.attested_by AS "attestedBy", r.attested_at AS "attestedAt", r.submitted_at AS "submittedAt"`;

/** A row of a snapshot: its amounts are digits in a string. */
type KeptRow = Omit<ReportRow, 'plannedCents' | 'realisedCents'> & {
  readonly plannedCents: string | null;
  readonly realisedCents: string | null;
};

const amountOf = (digits: string | null): Money | null => (digits === null ? null : cents(BigInt(digits)));

const toRow = ({ plannedCents, realisedCents, ...row }: KeptRow): ReportRow => ({
  ...row,
  plannedCents: amountOf(plannedCents),
  realisedCents: amountOf(realisedCents),
});

export type NewReport = Pick<Report, 'actionId' | 'dossierId' | 'callId' | 'organisationId' | 'year' | 'kind' | 'content' | 'rows'>;

@Injectable()
export class ReportRepository {
  /** Locks it until the transaction ends: lock it before its lines. @throws NotFound */
  lock(query: Query, id: string): Promise<Report> {
    return this.one(query, 'r.id = $1 FOR UPDATE', [id]);
  }

  /** @throws NotFound */
  get(query: Query, id: string): Promise<Report> {
    return this.one(query, 'r.id = $1', [id]);
  }

  /** Null when nobody started it. */
  async of(query: Query, actionId: string, year: number): Promise<{ readonly id: string; readonly submittedAt: Date | null } | null> {
    const [row] = await query<{ id: string; submittedAt: Date | null }>(
      'SELECT id, submitted_at AS "submittedAt" FROM reports WHERE action_id = $1 AND year = $2',
      [actionId, year],
    );
    return row ?? null;
  }

  /** @throws ReportExists */
  async create(tx: Tx, report: NewReport, by: string): Promise<Report> {
    const id = newId();
    const { actionId, dossierId, callId, organisationId, year, kind, content, rows } = report;
    const created = await tx.query(
      `INSERT INTO reports (id, action_id, dossier_id, call_id, organisation_id, year, kind, state, content, created_by, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $9, $10, $10) ON CONFLICT (action_id, year) DO NOTHING RETURNING id`,
      [id, actionId, dossierId, callId, organisationId, year, kind, toJson(content), by, tx.at],
    );
    if (created.length === 0) throw new ReportExists(year);
    this.writeRows(tx, id, rows);
    return this.get(tx.query, id);
  }

  /** Writes what an act changed of a report that it holds locked. */
  save(tx: Tx, report: Report): void {
    const { id, state, version, content, updatedAt, attestation, submittedAt } = report;
    const hash = attestation ? Buffer.from(attestation.hash, 'hex') : null;
    tx.write(
      `UPDATE reports SET state = $2, version = $3, content = $4, updated_at = $5, attested_hash = $6, attested_by = $7, attested_at = $8,
         submitted_by = CASE WHEN $9::timestamptz IS NOT DISTINCT FROM submitted_at THEN submitted_by ELSE $7 END, submitted_at = $9
       WHERE id = $1`,
      [id, state, version, toJson(content), updatedAt, hash, attestation?.by ?? null, attestation?.at ?? null, submittedAt],
    );
  }

  /** All the rows anew. */
  writeRows(tx: Tx, reportId: string, rows: readonly ReportRow[]): void {
    tx.write('DELETE FROM report_rows WHERE report_id = $1', [reportId]);
    tx.write(
      `INSERT INTO report_rows (report_id, side, position, account, label, funder_id, scheme, planned_cents, realised_cents, explanation)
       SELECT $1, r.side, r.position, r.account, r.label, r."funderId", r.scheme, r."plannedCents", r."realisedCents", r.explanation
       FROM jsonb_to_recordset($2::jsonb) AS r (side text, position integer, account text, label text, "funderId" uuid, scheme text,
         "plannedCents" bigint, "realisedCents" bigint, explanation text)`,
      [reportId, toJson(rows.map((row, position) => ({ ...row, position })))],
    );
  }

  /** Keeps word for word what was attested, in its canonical form. */
  keep(tx: Tx, report: Report, hash: string, canonical: string): void {
    tx.write('INSERT INTO report_snapshots (report_id, version, content_hash, content, at) VALUES ($1, $2, $3, $4, $5)', [
      report.id,
      report.version,
      Buffer.from(hash, 'hex'),
      canonical,
      tx.at,
    ]);
  }

  /** The report as it was last attested: what its funders read while it is being amended. @throws Error when it never was */
  async asAttested(query: Query, report: Report): Promise<Report> {
    const [kept] = await query<{
      content: ReportContent & { readonly rows: readonly KeptRow[]; readonly attachments: Report['attachments'] };
    }>('SELECT content FROM report_snapshots WHERE report_id = $1 ORDER BY version DESC LIMIT 1', [report.id]);
    if (!kept) throw new Error('a report that was submitted was attested');
    const { rows, attachments, ...said } = kept.content;
    const names = Object.keys(report.content) as (keyof ReportContent)[];
    const content = Object.fromEntries(names.map((name) => [name, said[name]])) as unknown as ReportContent;
    return { ...report, content, rows: rows.map(toRow), attachments };
  }

  private async one(query: Query, where: string, params: readonly unknown[]): Promise<Report> {
    const [row] = await query<Stored>(`SELECT ${COLUMNS} FROM reports r WHERE ${where}`, params);
    if (!row) throw new NotFound();
    const rows = await query<ReportRow>(
      `SELECT side, account, label, funder_id AS "funderId", scheme, planned_cents AS "plannedCents", realised_cents AS "realisedCents", explanation
       FROM report_rows WHERE report_id = $1 ORDER BY side, position`,
      [row.id],
    );
    const attachments = await query<Report['attachments'][number]>(
      `SELECT id, file_id AS "fileId", label, name, sha256 FROM report_attachments WHERE report_id = $1 AND removed_at IS NULL ORDER BY id`,
      [row.id],
    );
    const { attestedHash: hash, attestedBy: by, attestedAt: at, ...report } = row;
    return { ...report, rows, attachments, attestation: hash && by !== null && at ? { hash: hash.toString('hex'), by, at } : null };
  }
}
