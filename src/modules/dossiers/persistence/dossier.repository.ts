import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import type { Query } from '../../../platform/database/query.js';
import type { Dossier } from '../domain/dossier.js';
import { DOSSIER_COLUMNS, TERMS_COLUMNS, toDossier, toTerms, type DossierRow, type DossierTerms, type TermsRow } from './dossier.rows.js';

export interface NewDossier {
  readonly callId: string;
  readonly callYear: number;
  readonly organisationId: string;
  readonly trackCode: string;
  readonly title: string;
  readonly createdBy: string;
  readonly at: Date;
}

export type DossierWithTerms = Dossier & { readonly terms: DossierTerms };

/** A number people can say: `year-GOSB-000123`, plain sequence, six digits at least. */
const NUMBERED = (sequence: string): string =>
  `SELECT lpad(n::text, greatest(6, length(n::text)), '0') FROM (SELECT nextval('${sequence}') AS n) AS drawn`;

@Injectable()
export class DossierRepository {
  /** Locks the dossier until the transaction ends, so that everything done to its content queues up. @throws NotFound */
  async lock(query: Query, id: string): Promise<DossierWithTerms> {
    return this.one(query, `${SELECT_WITH_TERMS} FOR UPDATE OF d`, id);
  }

  /** @throws NotFound */
  async get(query: Query, id: string): Promise<DossierWithTerms> {
    return this.one(query, SELECT_WITH_TERMS, id);
  }

  private async one(query: Query, sql: string, id: string): Promise<DossierWithTerms> {
    const [row] = await query<DossierRow & TermsRow>(sql, [id]);
    if (!row) throw new NotFound();
    return { ...toDossier(row), terms: toTerms(row) };
  }

  async create(query: Query, dossier: NewDossier): Promise<Dossier> {
    const [row] = await query<DossierRow>(
      `INSERT INTO dossiers AS d (id, number, call_id, organisation_id, track_code, title, state, created_by, created_at, updated_at)
       VALUES ($1, $2::text || '-GOSB-' || (${NUMBERED('dossier_numbers')}), $3, $4, $5, $6, 'draft', $7, $8, $8)
       RETURNING ${DOSSIER_COLUMNS}`,
      [newId(), dossier.callYear, dossier.callId, dossier.organisationId, dossier.trackCode, dossier.title, dossier.createdBy, dossier.at],
    );
    return toDossier(row as DossierRow);
  }

  /** Writes what acts change. The row was locked by `lock`. */
  async save(query: Query, dossier: Dossier): Promise<void> {
    const { attestation } = dossier;
    await query(
      `UPDATE dossiers
       SET title = $2, track_code = $3, state = $4, version = $5, updated_at = $6, attested_hash = $7, attested_by = $8, attested_at = $9, attestation = $10,
           implicit_rejection_on = $11, admissibility_reason = $12, admissibility_by = $13, admissibility_at = $14, withdrawal_reason = $15
       WHERE id = $1`,
      [
        dossier.id,
        dossier.title,
        dossier.trackCode,
        dossier.state,
        dossier.version,
        dossier.updatedAt,
        attestation ? Buffer.from(attestation.hash, 'hex') : null,
        attestation?.by ?? null,
        attestation?.at ?? null,
        attestation ? JSON.stringify(attestation.declarations) : null,
        dossier.implicitRejectionOn,
        dossier.admissibilityReason,
        dossier.admissibilityBy,
        dossier.admissibilityAt,
        dossier.withdrawalReason,
      ],
    );
  }

  /** Stamps the submission and draws the number of its receipt (`R-2027-000045`): one statement, for the busiest minute of the year. */
  async saveSubmission(query: Query, dossier: Dossier, callYear: number, by: string): Promise<Dossier> {
    const [row] = await query<{ receipt_number: string }>(
      `UPDATE dossiers AS d
       SET state = $2, version = $3, updated_at = $4, submitted_at = $4, submitted_by = $5, implicit_rejection_on = $6,
           receipt_number = 'R-' || $7::text || '-' || (${NUMBERED('receipt_numbers')})
       WHERE id = $1
       RETURNING receipt_number`,
      [dossier.id, dossier.state, dossier.version, dossier.updatedAt, by, dossier.implicitRejectionOn, callYear],
    );
    return { ...dossier, submittedAt: dossier.updatedAt, submittedBy: by, receiptNumber: row?.receipt_number ?? null };
  }

  /** Who attested, for those who may read it. */
  async attester(query: Query, id: string): Promise<{ readonly name: string; readonly verified: boolean } | null> {
    const [row] = await query<{ name: string | null; verified: boolean }>(
      'SELECT attested_by_name AS name, signatory_verified AS verified FROM dossier_terms WHERE dossier_id = $1',
      [id],
    );
    return row && row.name !== null ? { name: row.name, verified: row.verified } : null;
  }
}

const SELECT_WITH_TERMS = `SELECT ${DOSSIER_COLUMNS}, ${TERMS_COLUMNS}
  FROM dossiers d JOIN dossier_terms t ON t.dossier_id = d.id
  WHERE d.id = $1`;
