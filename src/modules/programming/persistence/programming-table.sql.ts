import type { ProgrammingFilter, ProgrammingSort } from '../domain/programming-row.js';
import type { Scope } from '../../../kernel/scope.js';

export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Numbers its parameters as the text is written: each combination of filters is its own prepared statement, with its own plan. */
class Writer {
  readonly params: unknown[] = [];

  readonly param = (value: unknown, type: string): string => `$${this.params.push(value)}::${type}`;
}

/**
 * The conditions of a page. `OFFSET 0` keeps PostgreSQL from turning a test on the row in hand into a join on everything that passes it:
 * without it a page for someone who sees the whole contract takes 70 ms instead of 1 over 120,000 lines.
 */
function conditions(filter: ProgrammingFilter, sight: readonly Scope[], { param }: Writer): { from: string; where: string[]; key: string } {
  const { callId, funderId, status, orientation, qpv, commune, sector, organisationId, dossierId, q, exceptOrganisations = [] } = filter;
  const places = Object.entries({ qpv, commune, sector }).flatMap(([kind, code]) => (code === undefined ? [] : [{ kind, code }]));
  const where = [
    'd.submitted_at IS NOT NULL',
    `EXISTS (SELECT FROM dossier_perimeters s JOIN unnest(${param(
      sight.map(({ kind }) => kind),
      'text[]',
    )}, ${param(
      sight.map(({ code }) => code),
      'text[]',
    )}) AS seen (kind, code) USING (kind, code) WHERE s.dossier_id = l.dossier_id OFFSET 0)`,
  ];
  if (exceptOrganisations.length > 0) where.push(`l.organisation_id <> ALL (${param(exceptOrganisations, 'uuid[]')})`);
  let from = 'funding_lines l JOIN dossiers d ON d.id = l.dossier_id';
  let key = 'l.id';
  // Within a call, the index by place gives the lines of the first place in the order of the page: it leads.
  const leading = callId === undefined ? undefined : places.shift();
  if (leading) {
    from = `funding_line_places p JOIN funding_lines l ON l.id = p.funding_line_id JOIN dossiers d ON d.id = l.dossier_id`;
    key = 'p.funding_line_id';
    where.push(`p.call_id = ${param(callId, 'uuid')}`, `p.kind = '${leading.kind}'`, `p.code = ${param(leading.code, 'text')}`);
  } else if (callId !== undefined) {
    where.push(`l.call_id = ${param(callId, 'uuid')}`);
  }
  for (const { kind, code } of places) {
    where.push(
      `EXISTS (SELECT FROM funding_line_places o WHERE o.funding_line_id = l.id AND o.kind = '${kind}' AND o.code = ${param(code, 'text')} OFFSET 0)`,
    );
  }
  if (orientation !== undefined) {
    where.push(`EXISTS (SELECT FROM actions o WHERE o.id = l.action_id AND o.orientation_code = ${param(orientation, 'text')} OFFSET 0)`);
  }
  if (status !== undefined) where.push(`l.state = ${param(status, 'text')}`);
  if (funderId !== undefined) where.push(`l.funder_id = ${param(funderId, 'uuid')}`);
  if (organisationId !== undefined) where.push(`l.organisation_id = ${param(organisationId, 'uuid')}`);
  if (dossierId !== undefined) where.push(`l.dossier_id = ${param(dossierId, 'uuid')}`);
  if (q !== undefined) {
    // Each of the three is searched once and its ids hashed, rather than three texts a line.
    const found = (table: string, text: string) => `(SELECT id FROM ${table} WHERE strpos(fold(${text}), fold(${param(q, 'text')})) > 0)`;
    where.push(
      `(l.organisation_id IN ${found('organisations', 'name')} OR l.dossier_id IN ${found('dossiers', 'number')}
        OR l.action_id IN ${found('actions', 'title')})`,
    );
  }
  return { from, where, key };
}

const KEPT = 'l.*, d.number AS dossier_number, d.title AS dossier_title, d.state AS dossier_state, d.attested_by';

// Everything else that a row shows is fetched for the rows kept only, however many match. OFFSET 0: one probe a row, never every membership.
const rows = (order: string): string => `
  SELECT l.id, l.version, l.state, l.call_id AS "callId", l.dossier_id AS "dossierId", l.dossier_number AS "dossierNumber",
    l.dossier_title AS "dossierTitle", l.dossier_state AS "dossierState", l.action_id AS "actionId", a.title AS "actionTitle", a.orientation_code AS "orientationCode",
    a.starts_on AS "startsOn", a.ends_on AS "endsOn", t.qpv, t.communes, l.organisation_id AS "organisationId", o.name AS "organisationName",
    l.funder_id AS "funderId", f.code AS "funderCode", f.name AS "funderName", l.scheme, l.year, l.requested_cents AS "requestedCents",
    l.proposed_cents AS "proposedCents", l.granted_cents AS "grantedCents", l.reserved_cents AS "reservedCents",
    l.committed_cents AS "committedCents", l.envelope_id AS "envelopeId", l.decided_on AS "decidedOn",
    l.decision_reference AS "decisionReference", l.decision_reason AS "reason", l.announced_at AS "announcedAt",
    EXISTS (SELECT FROM memberships m WHERE m.organisation_id = l.organisation_id AND m.user_id = l.attested_by
              AND m.signatory_verified_at IS NOT NULL OFFSET 0) AS "signatoryVerified",
    w.approver_id AS "firstApproverId", w.amount_cents AS "firstApprovedCents", w.at AS "firstApprovedAt", p.opinions
  FROM kept l
  JOIN actions a ON a.id = l.action_id
  JOIN organisations o ON o.id = l.organisation_id
  JOIN funders f ON f.id = l.funder_id
  LEFT JOIN first_approvals w ON w.funding_line_id = l.id AND w.ended_at IS NULL
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(t.code ORDER BY t.code) FILTER (WHERE t.kind = 'qpv'), '{}') AS qpv,
      coalesce(array_agg(t.code ORDER BY t.code) FILTER (WHERE t.kind = 'commune'), '{}') AS communes
    FROM action_territories t WHERE t.action_id = l.action_id AND t.kind IN ('qpv', 'commune')) t
  CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('role', p.role, 'opinion', p.opinion, 'proposedCents', p.proposed_cents, 'reason', p.reason,
      'givenAt', p.given_at) ORDER BY p.given_at, p.id), '[]') AS opinions
    FROM opinions p WHERE p.funding_line_id = l.id AND p.replaced_at IS NULL) p
  ORDER BY ${order}`;

/** Where a page starts again: the sort values of the row before it. */
export type After = readonly (string | number | null)[];

/** `limit` stands in the text: a plan made for an unknown limit is a plan for a tenth of the table. */
export function pageStatement(
  filter: ProgrammingFilter,
  sight: readonly Scope[],
  after: After | null,
  limit: number,
  sort?: ProgrammingSort,
): Statement {
  const writer = new Writer();
  const { from, where, key } = conditions(filter, sight, writer);
  const [direction, beyond] = sort?.startsWith('-') === true ? ['DESC', '<'] : ['ASC', '>'];
  const keys =
    sort === undefined
      ? [['l.id', 'uuid']]
      : [
          ['l.requested_cents', 'bigint'],
          ['l.id', 'uuid'],
        ];
  const order = keys.map(([column]) => `${column} ${direction}`).join(', ');
  const leading = sort === undefined ? key : null;
  if (after !== null) {
    const [left, right] = [
      keys.map(([column]) => leading ?? column).join(', '),
      keys.map(([, type = 'text'], rank) => writer.param(after[rank] ?? null, type)).join(', '),
    ];
    where.push(`(${left}) ${beyond} (${right})`);
  }
  const kept = `SELECT ${KEPT} FROM ${from} WHERE ${where.join(' AND ')} ORDER BY ${leading ?? order} LIMIT ${Math.trunc(limit)}`;
  return { sql: `WITH kept AS MATERIALIZED (${kept}) ${rows(order)}`, params: writer.params };
}

export function countStatement(filter: ProgrammingFilter, sight: readonly Scope[]): Statement {
  const writer = new Writer();
  const { from, where } = conditions(filter, sight, writer);
  return { sql: `SELECT count(*) AS total FROM ${from} WHERE ${where.join(' AND ')}`, params: writer.params };
}

export const ONE_ROW = `WITH kept AS (SELECT ${KEPT} FROM funding_lines l JOIN dossiers d ON d.id = l.dossier_id WHERE l.id = $1 AND d.submitted_at IS NOT NULL) ${rows('l.id')}`;
