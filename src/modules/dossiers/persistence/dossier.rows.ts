import type { Declarations } from '../domain/attestation.js';
import type { Dossier } from '../domain/dossier.js';
import type { DossierState } from '../domain/dossier.transitions.js';

export interface DossierRow {
  readonly id: string;
  readonly number: string;
  readonly call_id: string;
  readonly organisation_id: string;
  readonly track_code: string;
  readonly title: string;
  readonly state: DossierState;
  readonly version: number;
  readonly created_by: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly attested_hash: Buffer | null;
  readonly attested_by: string | null;
  readonly attested_at: Date | null;
  readonly attestation: Declarations | null;
  readonly submitted_at: Date | null;
  readonly submitted_by: string | null;
  readonly receipt_number: string | null;
  readonly implicit_rejection_on: string | null;
  readonly admissibility_reason: string | null;
  readonly admissibility_by: string | null;
  readonly admissibility_at: Date | null;
  readonly withdrawal_reason: string | null;
}

export const DOSSIER_COLUMNS = `d.id, d.number, d.call_id, d.organisation_id, d.track_code, d.title, d.state, d.version, d.created_by, d.created_at, d.updated_at,
  d.attested_hash, d.attested_by, d.attested_at, d.attestation, d.submitted_at, d.submitted_by, d.receipt_number, d.implicit_rejection_on,
  d.admissibility_reason, d.admissibility_by, d.admissibility_at, d.withdrawal_reason`;

export function toDossier(row: DossierRow): Dossier {
  const { attested_hash: hash, attested_by: by, attested_at: at, attestation: declarations } = row;
  return {
    id: row.id,
    number: row.number,
    callId: row.call_id,
    organisationId: row.organisation_id,
    trackCode: row.track_code,
    title: row.title,
    state: row.state,
    version: row.version,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    attestation: hash && by !== null && at && declarations ? { hash: hash.toString('hex'), by, at, declarations } : null,
    submittedAt: row.submitted_at,
    submittedBy: row.submitted_by,
    receiptNumber: row.receipt_number,
    implicitRejectionOn: row.implicit_rejection_on,
    admissibilityReason: row.admissibility_reason,
    admissibilityBy: row.admissibility_by,
    admissibilityAt: row.admissibility_at,
    withdrawalReason: row.withdrawal_reason,
  };
}

export interface TermsRow {
  readonly call_title: string;
  readonly call_year: number;
  readonly opens_at: Date;
  readonly closes_at: Date;
  readonly grace_minutes: number;
  readonly published_at: Date | null;
  readonly closed_at: Date | null;
  readonly public_money_ceiling_percent: number;
  readonly implicit_rejection_months: number;
  readonly extension_until: Date | null;
  readonly organisation_name: string;
  readonly siret: string;
}

export const TERMS_COLUMNS = `t.call_title, t.call_year, t.opens_at, t.closes_at, t.grace_minutes, t.published_at, t.closed_at,
  t.public_money_ceiling_percent, t.implicit_rejection_months, t.extension_until, t.organisation_name, t.siret`;

/** The terms of the call as they stand for one dossier, and whose it is. */
export interface DossierTerms {
  readonly callTitle: string;
  readonly callYear: number;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly graceMinutes: number;
  readonly publishedAt: Date | null;
  readonly closedAt: Date | null;
  readonly publicMoneyCeilingPercent: number;
  readonly implicitRejectionMonths: number;
  readonly extensionUntil: Date | null;
  readonly organisationName: string;
  readonly siret: string;
}

export function toTerms(row: TermsRow): DossierTerms {
  return {
    callTitle: row.call_title,
    callYear: row.call_year,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    graceMinutes: row.grace_minutes,
    publishedAt: row.published_at,
    closedAt: row.closed_at,
    publicMoneyCeilingPercent: row.public_money_ceiling_percent,
    implicitRejectionMonths: row.implicit_rejection_months,
    extensionUntil: row.extension_until,
    organisationName: row.organisation_name,
    siret: row.siret,
  };
}
