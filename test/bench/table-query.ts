/**
 * The page of the programming table as a competent engineer would ask for it: the 50 first lines of a call, a commune and a status among the
 * submitted dossiers, with all that a row shows. $1 call, $2 commune, $3 status. Nothing of who may see what: the reader sees everything.
 */
export const TABLE = `
  WITH kept AS MATERIALIZED (
    SELECT l.id
    FROM funding_line_places p
    JOIN funding_lines l ON l.id = p.funding_line_id
    JOIN dossiers d ON d.id = l.dossier_id
    WHERE p.call_id = $1 AND p.kind = 'commune' AND p.code = $2 AND l.state = $3 AND d.submitted_at IS NOT NULL
    ORDER BY p.funding_line_id LIMIT 50
  )
  SELECT l.id, l.version, l.state, l.call_id, l.dossier_id, d.number AS dossier_number, d.title AS dossier_title, d.state AS dossier_state,
         l.action_id, a.title AS action_title, a.orientation_code, a.starts_on::text, a.ends_on::text, t.qpv, t.communes, l.organisation_id,
         o.name AS organisation_name, l.funder_id, f.code AS funder_code, f.name AS funder_name, l.scheme, l.year, l.requested_cents,
         l.proposed_cents, l.granted_cents, l.reserved_cents, l.committed_cents, l.envelope_id, l.decided_on::text, l.decision_reference,
         l.decision_reason, l.announced_at, p.opinions
  FROM kept
  JOIN funding_lines l USING (id)
  JOIN dossiers d ON d.id = l.dossier_id
  JOIN actions a ON a.id = l.action_id
  JOIN organisations o ON o.id = l.organisation_id
  JOIN funders f ON f.id = l.funder_id
  CROSS JOIN LATERAL (
    SELECT array_agg(t.code) FILTER (WHERE t.kind = 'qpv') AS qpv, array_agg(t.code) FILTER (WHERE t.kind = 'commune') AS communes
    FROM action_territories t WHERE t.action_id = l.action_id AND t.kind IN ('qpv', 'commune')) t
  CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('role', p.role, 'opinion', p.opinion, 'proposedCents', p.proposed_cents, 'reason', p.reason,
                                               'givenAt', p.given_at)), '[]') AS opinions
    FROM opinions p WHERE p.funding_line_id = l.id AND p.replaced_at IS NULL) p
  ORDER BY l.id`;
