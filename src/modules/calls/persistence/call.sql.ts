/** Columns of a `Call`, from `calls k`. */
export const CALL_COLUMNS = `
  k.id, k.version, k.title, k.year, k.opens_at AS "opensAt", k.closes_at AS "closesAt", k.grace_minutes AS "graceMinutes",
  k.public_money_ceiling_percent AS "publicMoneyCeilingPercent", k.implicit_rejection_months AS "implicitRejectionMonths",
  k.report_due_on AS "reportDueOn", k.report_gap_percent AS "reportGapPercent", k.report_gap_cents AS "reportGapCents", k.notes, k.published_at AS "publishedAt", k.closed_at AS "closedAt", k.stage,
  CASE WHEN k.closed_at IS NOT NULL THEN 'closed' WHEN k.published_at IS NOT NULL THEN 'published' ELSE 'draft' END AS state,
  ARRAY(SELECT o.code FROM call_orientations c JOIN orientations o ON o.code = c.orientation_code
        WHERE c.call_id = k.id ORDER BY o.position) AS "orientationCodes",
  ARRAY(SELECT t.code FROM call_tracks t WHERE t.call_id = k.id
        ORDER BY array_position(ARRAY['annual', 'operating', 'participatory-fund', 'poverty-pocket'], t.code)) AS "trackCodes"`;

/** `callStatus` of the domain, for filtering; `now` is the name of a parameter. A test holds the two together. */
export const statusAt = (now: string): string => `
  CASE WHEN k.published_at IS NULL THEN 'draft'
    WHEN k.closed_at IS NULL AND ${now}::timestamptz < k.opens_at THEN 'published'
    WHEN k.closed_at IS NULL AND ${now}::timestamptz <= k.closes_at THEN 'open'
    WHEN k.stage = 'none' THEN 'closed'
    ELSE k.stage END`;
