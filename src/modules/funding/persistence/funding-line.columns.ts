/** The columns of a `FundingLine`, from `funding_lines l JOIN funders f`. */
export const LINE_COLUMNS = `
  l.id, l.action_id AS "actionId", l.dossier_id AS "dossierId", l.call_id AS "callId", l.organisation_id AS "organisationId",
  l.funder_id AS "funderId", f.name AS "funderName", f.code LIKE 'P147-%' AS "isProgramme147", l.scheme, l.year, l.state, l.version,
  l.requested_cents AS "requestedCents", l.proposed_cents AS "proposedCents", l.proposed_by AS "proposerId", l.proposed_at AS "proposedAt",
  l.granted_cents AS "grantedCents", l.decided_by AS "deciderId", l.decided_at AS "decidedAt", l.decided_on AS "decidedOn",
  l.decision_reference AS "decisionReference", l.decision_reason AS "reason", l.envelope_id AS "envelopeId",
  l.reserved_cents AS "reservedCents", l.committed_cents AS "committedCents", l.announced_at AS "announcedAt",
  l.paid_cents AS "paidCents", l.ej_number AS "ejNumber", l.notified_at AS "notifiedAt", l.held_by_cpo AS "heldByCpo"`;

export const LINES = `funding_lines l JOIN funders f ON f.id = l.funder_id`;
