/** The columns of an `Act`, from `acts a`. */
export const ACT_COLUMNS = `
  a.id, a.number, a.kind, a.state, a.version, a.funder_id AS "funderId", a.organisation_id AS "organisationId", a.call_id AS "callId", a.year,
  a.amends_id AS "amendsId", a.amount_cents AS "amountCents", a.is_bilateral AS "isBilateral", a.prepared_on AS "preparedOn",
  a.signed_on AS "signedOn", a.signed_at AS "signedAt", a.signed_by AS "signedBy", a.signatory_name AS "signatoryName",
  a.signature_method AS "signatureMethod", a.signature_place AS "signaturePlace", a.signed_file_id AS "signedFileId", a.signed_sha256 AS "signedSha256", a.beneficiary_signed_on AS "beneficiarySignedOn",
  a.notified_on AS "notifiedOn", a.notified_at AS "notifiedAt", a.voided_at AS "voidedAt", a.void_reason AS "voidReason"`;
