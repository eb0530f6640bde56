import type { Client } from 'pg';
import { idOf, prefixOf, STAFF, type Kind } from './ids.js';

/** How much there is; each dossier has three actions, each action four lines. */
export interface Scale {
  readonly organisations: number;
  readonly dossiers: number;
  /** How many of the dossiers, the last ones, are attested and wait for their submission: it is the last day of the call. */
  readonly attested: number;
}

/** A contract's whole memory: 30,000 actions and 120,000 lines. */
export const FULL: Scale = { organisations: 3000, dossiers: 10_000, attested: 3200 };
export const TENTH: Scale = { organisations: 300, dossiers: 1000, attested: 320 };

/** The first of those. */
export const firstAttested = ({ dossiers, attested }: Scale): number => dossiers - attested + 1;

const ACTIONS_PER_DOSSIER = 3;
const LINES_PER_ACTION = 4;
/** The version of a dossier that waits: created, completed, attested. */
export const ATTESTED_VERSION = 3;

/** Fills a migrated database that holds the reference data. Everything follows from row numbers through md5, so that two runs make the same rows. */
export async function generate(client: Client, scale: Scale): Promise<void> {
  await client.query('BEGIN');
  await client.query(`
    CREATE FUNCTION pg_temp.pick(kind text, n bigint, choices int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
      SELECT (('x' || substr(md5(kind || ' ' || n), 1, 7))::bit(28)::int % choices)
    $$;
  `);
  for (const statement of [...people(scale), ...dossiers(scale), ...lines(scale)]) await client.query(statement);
  await client.query('COMMIT');
  await client.query('VACUUM (FREEZE, ANALYZE)');
}

/** The id of row `n`, in SQL. */
const id = (kind: Kind, n: string): string => `('${prefixOf(kind)}' || (100000000000 + ${n}))::uuid`;
const text = (value: string): string => `'${value}'`;

/** The organisation of dossier `n`, for SQL and for pgbench alike. */
export const ownerOf = (n: string, organisations: number): string => `1 + (${n} - 1) % ${organisations}`;

/** One signatory an organisation, its powers verified; and the staff, who belong to none. */
function people({ organisations }: Scale): readonly string[] {
  const staff = Object.values(STAFF);
  const grants = [
    ['coordinator', 'contract', 'GOSB', STAFF.coordinator],
    ['instructor', 'commune', '94041', STAFF.instructor],
    ['delegate', 'sector', 'nord-est', STAFF.delegate],
    ['prefecture', 'department', '94', STAFF.prefecture94],
  ] as const;
  return [
    `INSERT INTO users (id, email, name, email_confirmed_at)
     SELECT ${id('staff', 'n')}, 'agent' || n || '@bench.test', 'Agent ' || n, now() FROM generate_series(0, ${staff.length - 1}) n
     UNION ALL SELECT ${id('user', 'n')}, 'user' || n || '@bench.test', 'Personne ' || n, now() FROM generate_series(1, ${organisations}) n`,
    `INSERT INTO sessions (id, user_id, token_hash, expires_at)
     SELECT ${id('staff-session', 'n')}, ${id('staff', 'n')}, '\\x00'::bytea, now() + interval '100 years' FROM generate_series(0, ${staff.length - 1}) n
     UNION ALL SELECT ${id('session', 'n')}, ${id('user', 'n')}, '\\x00'::bytea, now() + interval '100 years' FROM generate_series(1, ${organisations}) n`,
    ...grants.map(
      ([role, kind, code, holder]) =>
        `INSERT INTO grants (id, user_id, role, scope_kind, scope_code)
         VALUES (${[text(idOf('grant', holder)), text(idOf('staff', holder)), text(role), text(kind), text(code)].join(', ')})`,
    ),
    `INSERT INTO organisations (id, siret, name, legal_form, address, insee_code, email, created_by)
     SELECT ${id('organisation', 'n')}, (10000000000000 + n)::text, 'Association ' || n, 'association', n || ' rue de la Bièvre',
            (SELECT insee_code FROM communes ORDER BY insee_code OFFSET pg_temp.pick('seat', n, 25) LIMIT 1), 'contact' || n || '@bench.test',
            ${id('user', 'n')}
     FROM generate_series(1, ${organisations}) n`,
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor, is_signatory, signatory_verified_at, signatory_verified_by,
                              signatory_evidence)
     SELECT ${id('membership', 'n')}, ${id('organisation', 'n')}, ${id('user', 'n')}, 'active', true, true, now(),
            '${idOf('staff', STAFF.instructor)}', 'statuts'
     FROM generate_series(1, ${organisations}) n`,
  ];
}

/** A call that is open and last year's; three dossiers out of four belong to the first, and all that wait for their submission do. */
function dossiers(scale: Scale): readonly string[] {
  const { organisations, dossiers: amount } = scale;
  const actions = amount * ACTIONS_PER_DOSSIER;
  const declared =
    '{"exactness":true,"upToDate":true,"republicanCommitment":true,"publicAidOver500k":false,"bankDetailsInItsName":true,"mandate":null}';
  return [
    `INSERT INTO calls (id, contract_code, title, year, opens_at, closes_at, published_at, created_by)
     SELECT ${id('call', 'n')}, 'GOSB', 'Appel à projets ' || (2027 - n), 2027 - n, now() - interval '1 day' - n * interval '1 year',
            now() + interval '10 years' - n * interval '10 years 2 hours', now() - interval '2 days' - n * interval '1 year',
            '${idOf('staff', STAFF.coordinator)}'
     FROM generate_series(0, 1) n`,
    `INSERT INTO call_orientations SELECT c.id, o.code FROM calls c, orientations o`,
    `INSERT INTO call_tracks SELECT id, 'annual', 'Programmation annuelle' FROM calls`,
    `INSERT INTO dossiers (id, number, call_id, organisation_id, track_code, title, state, version, created_by, created_at, updated_at,
                           attested_hash, attested_by, attested_at, attestation, submitted_at, submitted_by, receipt_number, implicit_rejection_on)
     SELECT ${id('dossier', 'n')}, '2027-GOSB-' || lpad(n::text, 6, '0'),
            CASE WHEN waits OR pg_temp.pick('call', n, 4) < 3 THEN '${idOf('call', 0)}'::uuid ELSE '${idOf('call', 1)}' END,
            ${id('organisation', 'owner')}, 'annual', 'Dossier ' || n,
            CASE WHEN waits THEN 'awaiting-attestation' WHEN pg_temp.pick('state', n, 10) < 7 THEN 'admissible' ELSE 'submitted' END,
            ${ATTESTED_VERSION}, ${id('user', 'owner')}, now(), now(), sha256(n::text::bytea), ${id('user', 'owner')}, now(), '${declared}',
            CASE WHEN NOT waits THEN now() END, CASE WHEN NOT waits THEN ${id('user', 'owner')} END,
            CASE WHEN NOT waits THEN 'R-BENCH-' || lpad(n::text, 6, '0') END, CASE WHEN NOT waits THEN current_date + 60 END
     FROM generate_series(1, ${amount}) n, LATERAL (SELECT n >= ${firstAttested(scale)} AS waits, (${ownerOf('n', organisations)}) AS owner) o`,
    `SELECT setval('dossier_numbers', ${amount * 10}), setval('receipt_numbers', ${amount * 10})`,
    `INSERT INTO actions (id, dossier_id, position, title, objectives, description, orientation_code, starts_on, ends_on)
     SELECT ${id('action', 'n')}, ${id('dossier', `(n - 1) / ${ACTIONS_PER_DOSSIER} + 1`)}, (n - 1) % ${ACTIONS_PER_DOSSIER}, 'Action ' || n,
            repeat('Objectifs. ', 20), repeat('Description. ', 60),
            (SELECT code FROM orientations ORDER BY position OFFSET pg_temp.pick('orientation', n, 8) LIMIT 1), '2027-01-01', '2027-12-31'
     FROM generate_series(1, ${actions}) n`,
    `INSERT INTO action_territories (action_id, kind, code, chosen)
     SELECT ${id('action', 'n')}, 'qpv', (SELECT slug FROM qpv ORDER BY slug OFFSET pg_temp.pick('qpv', n, 36) LIMIT 1), true
     FROM generate_series(1, ${actions}) n`,
    `INSERT INTO action_territories (action_id, kind, code, chosen)
     SELECT DISTINCT t.action_id, s.kind, s.code, false
     FROM action_territories t JOIN place_scopes s ON s.place_kind = 'qpv' AND s.place_code = t.code WHERE t.kind = 'qpv' AND s.kind <> 'qpv'`,
  ];
}

/** Four funders an action, eleven apart; every other line that someone judges has two opinions. */
function lines({ dossiers: amount }: Scale): readonly string[] {
  const actions = amount * ACTIONS_PER_DOSSIER;
  const judged = ['requested', 'taken-up', 'instructed', 'instructed', 'instructed', 'on-agenda', 'adjourned', 'unfavourable'];
  const number = (column: string) => `right(${column}::text, 12)::bigint - 100000000000`;
  return [
    `INSERT INTO funding_lines (id, action_id, dossier_id, call_id, organisation_id, funder_id, year, requested_cents, state)
     SELECT ${id('line', `(${LINES_PER_ACTION} * (n - 1) + k)`)}, a.id, a.dossier_id, d.call_id, d.organisation_id, f.id, 2027,
            100000 + 100 * pg_temp.pick('amount', ${LINES_PER_ACTION} * n + k, 9000),
            CASE WHEN d.submitted_at IS NULL THEN 'requested'
                 ELSE (ARRAY[${judged.map(text).join(', ')}])[1 + pg_temp.pick('line', ${LINES_PER_ACTION} * n + k, ${judged.length})] END
     FROM generate_series(1, ${actions}) n
     CROSS JOIN generate_series(1, ${LINES_PER_ACTION}) k
     JOIN actions a ON a.id = ${id('action', 'n')}
     JOIN dossiers d ON d.id = a.dossier_id
     JOIN (SELECT id, row_number() OVER (ORDER BY code) - 1 AS rank FROM funders) f ON f.rank = (pg_temp.pick('funder', n, 45) + 11 * k) % 45
     ORDER BY n, k`,
    `INSERT INTO opinions (id, funding_line_id, author_id, role, opinion, proposed_cents, reason, given_at)
     SELECT ${id('opinion', `(2 * (${number('l.id')}) + k)`)}, l.id, ${id('staff', 'k')}, (ARRAY['instructor', 'delegate'])[k], 'favourable', 50000,
            'Action utile au quartier.', now()
     FROM funding_lines l, generate_series(1, 2) k WHERE l.state <> 'requested' AND (${number('l.id')}) % 2 = 0
     ORDER BY 1`,
    `INSERT INTO dossier_perimeters (dossier_id, kind, code) SELECT DISTINCT dossier_id, kind, code FROM dossier_scopes`,
  ];
}
