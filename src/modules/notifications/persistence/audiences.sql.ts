import type { Audience, ObjectType } from '../domain/catalogue.js';

/** A dossier is its communes' from the day it is submitted. */
function instructorsOf(dossierId: string): string {
  return `SELECT DISTINCT s.user_id
          FROM notified_dossiers d
          JOIN notified_dossier_communes c ON c.dossier_id = d.id
          JOIN notified_staff s ON s.role = 'instructor' AND s.scope_kind = 'commune' AND s.scope_code = c.insee_code
          WHERE d.id = ${dossierId} AND d.submitted_at IS NOT NULL AND ${notRecused('s.user_id', 'd.organisation_id')}`;
}

/** Whose files a person must not judge, they are not asked to. */
function notRecused(userId: string, organisationId: string): string {
  return `NOT EXISTS (SELECT FROM notified_recusals r WHERE r.user_id = ${userId} AND r.organisation_id = ${organisationId})`;
}

/** Each finds user ids from ids of the event, in that order. */
export const AUDIENCES: Readonly<Record<Audience, { readonly from: readonly string[]; readonly sql: string }>> = {
  'account-holder': { from: ['userId'], sql: 'SELECT id AS user_id FROM notified_people WHERE id = $1 AND NOT is_disabled' },
  'membership-deciders': {
    from: ['membershipId'],
    sql: `WITH asked AS (SELECT * FROM notified_memberships WHERE id = $1),
          candidates AS (
            SELECT 1 AS rank, m.user_id FROM asked JOIN notified_members m USING (organisation_id) WHERE m.is_administrator
            UNION ALL
            SELECT 2, s.user_id FROM asked JOIN notified_staff s ON s.scope_code = asked.insee_code WHERE s.role = 'instructor' AND s.scope_kind = 'commune'
            UNION ALL
            SELECT 3, s.user_id FROM asked CROSS JOIN notified_staff s WHERE s.role = 'coordinator'
          ),
          others AS (SELECT rank, user_id FROM candidates WHERE user_id <> (SELECT user_id FROM asked))
          SELECT DISTINCT user_id FROM others WHERE rank = (SELECT min(rank) FROM others)`,
  },
  'membership-requester': {
    from: ['membershipId'],
    sql: `SELECT m.user_id FROM notified_memberships m JOIN notified_people p ON p.id = m.user_id
          WHERE m.id = $1 AND p.is_confirmed AND NOT p.is_disabled`,
  },
  signatories: {
    from: ['dossierId'],
    sql: `SELECT m.user_id FROM notified_dossiers d JOIN notified_members m USING (organisation_id) WHERE d.id = $1 AND m.is_signatory`,
  },
  'dossier-team': {
    from: ['dossierId'],
    sql: `SELECT m.user_id FROM notified_dossiers d JOIN notified_members m USING (organisation_id) WHERE d.id = $1 AND (m.is_editor OR m.is_signatory)`,
  },
  'dossier-instructors': { from: ['dossierId'], sql: instructorsOf('$1') },
  'dossier-judges': {
    from: ['dossierId'],
    sql: `SELECT user_id FROM (${instructorsOf('$1')}) AS instructors
          UNION
          SELECT user_id FROM notified_line_deciders WHERE dossier_id = $1
          UNION
          SELECT s.user_id
          FROM notified_dossiers d
          JOIN notified_funders_asked a ON a.dossier_id = d.id
          JOIN notified_staff s ON s.role = 'partner' AND s.scope_kind = 'funder' AND s.scope_code = a.funder_code
          WHERE d.id = $1 AND d.submitted_at IS NOT NULL`,
  },
  'complement-asker': {
    from: ['complementRequestId'],
    sql: `WITH asked AS (SELECT dossier_id, requested_by FROM notified_complements WHERE id = $1),
          -- As long as the dossier is theirs to judge.
          asker AS (SELECT DISTINCT s.user_id
                    FROM asked JOIN notified_dossiers d ON d.id = asked.dossier_id
                    JOIN notified_dossier_staff s ON s.dossier_id = d.id AND s.user_id = asked.requested_by AND s.role IN ('instructor', 'delegate', 'prefecture')
                    WHERE ${notRecused('s.user_id', 'd.organisation_id')})
          SELECT user_id FROM asker
          UNION
          SELECT user_id FROM (${instructorsOf('(SELECT dossier_id FROM asked)')}) AS instructors WHERE NOT EXISTS (SELECT FROM asker)`,
  },
  'message-readers': {
    from: ['messageId'],
    sql: `WITH said AS (SELECT * FROM notified_dossier_messages WHERE id = $1),
          readers AS (SELECT user_id, side, is_team FROM notified_message_readers WHERE message_id = $1),
          writers AS (SELECT DISTINCT w.author_id AS user_id FROM notified_dossier_messages w JOIN said ON said.dossier_id = w.dossier_id),
          concerned AS (
            SELECT r.user_id FROM readers r CROSS JOIN said
            WHERE (r.side = 'administration' OR said.side = 'administration') AND (r.is_team OR r.user_id IN (SELECT user_id FROM writers))
            UNION
            SELECT i.user_id FROM (${instructorsOf('(SELECT dossier_id FROM said)')}) AS i CROSS JOIN said
            WHERE said.side = 'organisation' OR said.visibility = 'staff'
          ),
          told AS (SELECT user_id FROM concerned WHERE user_id <> (SELECT author_id FROM said))
          SELECT user_id FROM told
          UNION
          SELECT r.user_id FROM readers r JOIN notified_staff s ON s.user_id = r.user_id AND s.role = 'coordinator' CROSS JOIN said
          WHERE said.side = 'organisation' AND NOT EXISTS (SELECT FROM told)`,
  },
  'committee-members': { from: ['committeeId'], sql: 'SELECT user_id FROM notified_committee_members WHERE committee_id = $1' },
  'act-signers': {
    from: ['callId', 'funderId'],
    sql: `SELECT p.user_id FROM notified_funder_people p
          WHERE p.funder_id = $2
            AND EXISTS (SELECT FROM notified_acts_to_sign a WHERE a.call_id = $1 AND a.funder_id = $2 AND ${notRecused('p.user_id', 'a.organisation_id')})`,
  },
  'organisation-writers': {
    from: ['organisationId'],
    sql: 'SELECT user_id FROM notified_members WHERE organisation_id = $1 AND (is_editor OR is_signatory)',
  },
  'report-judges': {
    from: ['reportId'],
    sql: `SELECT DISTINCT j.user_id FROM notified_reports r JOIN notified_line_judges j USING (action_id, year)
          WHERE r.id = $1 AND j.line_state = 'report-submitted'`,
  },
  'tranche-confirmers': {
    from: ['cpoId', 'year'],
    sql: `SELECT j.user_id FROM notified_tranches t JOIN notified_line_judges j USING (funding_line_id)
          WHERE t.cpo_id = $1 AND t.year = $2::text::integer AND (NOT j.is_programme147 OR j.user_id IS DISTINCT FROM t.reserved_by)`,
  },
  coordination: { from: [], sql: `SELECT DISTINCT user_id FROM notified_staff WHERE role = 'coordinator'` },
  'call-followers': {
    from: ['callId'],
    sql: 'SELECT DISTINCT m.user_id FROM notified_call_followers f JOIN notified_members m USING (organisation_id) WHERE f.call_id = $1 AND (m.is_editor OR m.is_signatory)',
  },
  'payment-told': {
    from: ['requestId'],
    // An inbox does not say of which request it was: of one of that organisation, since then.
    sql: `SELECT m.user_id
          FROM notified_cancelled_request_members m
          WHERE m.request_id = $1
            AND (EXISTS (SELECT FROM deliveries d
                         WHERE d.user_id = m.user_id AND d.kind = 'payment-announced' AND d.refs ->> 'requestId' = m.request_id::text)
              OR EXISTS (SELECT FROM inbox_messages i
                         WHERE i.user_id = m.user_id AND i.kind = 'payment-announced' AND i.organisation_id = m.organisation_id
                           AND i.created_at >= m.requested_at))`,
  },
  'endpoint-owner': {
    from: ['endpointId'],
    sql: `SELECT p.id AS user_id FROM webhook_endpoints e JOIN notified_people p ON p.id = e.owner_id
          WHERE e.id = $1 AND e.removed_at IS NULL AND p.is_confirmed AND NOT p.is_disabled`,
  },
  'organisation-members': { from: ['organisationId'], sql: 'SELECT user_id FROM notified_members WHERE organisation_id = $1' },
};

/** The state and the organisation of each sort of object. */
export const SUBJECTS: Readonly<Record<ObjectType, string>> = {
  user: 'SELECT NULL AS state, NULL::uuid AS "organisationId" WHERE $1::uuid IS NOT NULL',
  call: 'SELECT NULL AS state, NULL::uuid AS "organisationId" WHERE $1::uuid IS NOT NULL',
  organisation: 'SELECT NULL AS state, $1::uuid AS "organisationId"',
  report: 'SELECT state, organisation_id AS "organisationId" FROM notified_reports WHERE id = $1',
  repayment: 'SELECT state, organisation_id AS "organisationId" FROM notified_repayments WHERE id = $1',
  cpo: 'SELECT state, organisation_id AS "organisationId" FROM notified_cpos WHERE id = $1',
  envelope: 'SELECT NULL AS state, NULL::uuid AS "organisationId" WHERE $1::uuid IS NOT NULL',
  'webhook-endpoint': 'SELECT NULL AS state, NULL::uuid AS "organisationId" WHERE $1::uuid IS NOT NULL',
  committee: 'SELECT state, NULL::uuid AS "organisationId" FROM notified_committees WHERE id = $1',
  membership: 'SELECT state, organisation_id AS "organisationId" FROM notified_memberships WHERE id = $1',
  dossier: 'SELECT state, organisation_id AS "organisationId" FROM notified_dossiers WHERE id = $1',
  act: `SELECT CASE WHEN EXISTS (SELECT FROM notified_act_tranches WHERE act_id = $1) THEN 'tranche' ELSE state END AS state, organisation_id AS "organisationId"
        FROM notified_acts WHERE id = $1`,
};
