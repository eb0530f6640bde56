import type { Client } from 'pg';

/** How much there is. 1 is a contract's whole memory: 3,000 organisations, 10,000 dossiers, 30,000 actions, 120,000 lines. */
export interface Scale {
  readonly organisations: number;
  readonly dossiers: number;
}

export const FULL: Scale = { organisations: 3000, dossiers: 10_000 };
export const TENTH: Scale = { organisations: 300, dossiers: 1000 };

const ACTIONS_PER_DOSSIER = 3;
const LINES_PER_ACTION = 4;

/**
 * Fills a migrated database that holds the reference data. Everything follows from row numbers through md5, so that two runs make the same
 * rows; ids are UUIDv7-like and grow with the row, as they do in life.
 */
export async function generate(client: Client, { organisations, dossiers }: Scale): Promise<void> {
  await client.query('BEGIN');
  await client.query(`
    CREATE FUNCTION pg_temp.id(kind text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
      SELECT (lpad(to_hex(1790000000000 + n), 12, '0') || '7' || substr(md5(kind), 1, 3) || '8' || substr(md5(kind || n), 1, 15))::uuid
    $$;
    CREATE FUNCTION pg_temp.pick(kind text, n bigint, choices int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
      SELECT (('x' || substr(md5(kind || ' ' || n), 1, 7))::bit(28)::int % choices)
    $$;
  `);
  for (const statement of statements(organisations, dossiers)) await client.query(statement);
  await client.query('COMMIT');
  await client.query('VACUUM ANALYZE');
}

function statements(organisations: number, dossiers: number): readonly string[] {
  const actions = dossiers * ACTIONS_PER_DOSSIER;
  const lines = actions * LINES_PER_ACTION;
  return [
    // One signatory an organisation, verified; user 0 coordinates and judges nobody's files.
    `INSERT INTO users (id, email, name, email_confirmed_at)
     SELECT pg_temp.id('user', n), 'user' || n || '@bench.test', 'Personne ' || n, now() FROM generate_series(0, ${organisations}) n`,
    `INSERT INTO sessions (id, user_id, token_hash, expires_at)
     SELECT pg_temp.id('session', n), pg_temp.id('user', n), '\\x00', now() + interval '100 years' FROM generate_series(0, ${organisations}) n`,
    `INSERT INTO grants (id, user_id, role, scope_kind, scope_code) VALUES (pg_temp.id('grant', 0), pg_temp.id('user', 0), 'coordinator', 'contract', 'GOSB')`,
    `INSERT INTO organisations (id, siret, name, legal_form, address, insee_code, email, created_by)
     SELECT pg_temp.id('organisation', n), lpad((10000000000000 + n)::text, 14, '0'), 'Association ' || n, 'association', n || ' rue de la Bièvre',
            (SELECT insee_code FROM communes ORDER BY insee_code OFFSET pg_temp.pick('seat', n, 25) LIMIT 1), 'contact' || n || '@bench.test', pg_temp.id('user', n)
     FROM generate_series(1, ${organisations}) n`,
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor, is_signatory, signatory_verified_at, signatory_verified_by, signatory_evidence)
     SELECT pg_temp.id('membership', n), pg_temp.id('organisation', n), pg_temp.id('user', n), 'active', true, true, now(), pg_temp.id('user', 0), 'statuts'
     FROM generate_series(1, ${organisations}) n`,
    `INSERT INTO calls (id, contract_code, title, year, opens_at, closes_at, published_at, created_by)
     SELECT pg_temp.id('call', n), 'GOSB', 'Appel ' || (2026 + n), 2026 + n, now() - interval '1 day', now() + interval '10 years', now() - interval '2 days', pg_temp.id('user', 0)
     FROM generate_series(0, 1) n`,
    `INSERT INTO call_orientations SELECT c.id, o.code FROM calls c, orientations o`,
    `INSERT INTO call_tracks SELECT id, 'annual', 'Programmation annuelle' FROM calls`,
    `INSERT INTO dossiers (id, number, call_id, organisation_id, track_code, title, state, created_by, created_at, updated_at, attested_hash, attested_by,
                           attested_at, attestation, submitted_at, submitted_by, receipt_number, implicit_rejection_on)
     SELECT pg_temp.id('dossier', n), '2027-GOSB-' || lpad(n::text, 6, '0'), pg_temp.id('call', pg_temp.pick('call', n, 4) / 3), pg_temp.id('organisation', org.n), 'annual',
            'Dossier ' || n, CASE WHEN pg_temp.pick('state', n, 10) < 7 THEN 'admissible' ELSE 'submitted' END, pg_temp.id('user', org.n), now(), now(),
            sha256(n::text::bytea), pg_temp.id('user', org.n), now(), '{}', now(), pg_temp.id('user', org.n), 'R-BENCH-' || lpad(n::text, 6, '0'), current_date + 60
     FROM generate_series(1, ${dossiers}) n CROSS JOIN LATERAL (SELECT 1 + pg_temp.pick('org', n, ${organisations}) AS n) org`,
    `SELECT setval('dossier_numbers', ${dossiers * 10}), setval('receipt_numbers', ${dossiers * 10})`,
    `INSERT INTO actions (id, dossier_id, position, title, objectives, description, orientation_code, starts_on, ends_on)
     SELECT pg_temp.id('action', n), pg_temp.id('dossier', (n - 1) / ${ACTIONS_PER_DOSSIER} + 1), (n - 1) % ${ACTIONS_PER_DOSSIER}, 'Action ' || n, repeat('Objectifs. ', 20),
            repeat('Description. ', 60), (SELECT code FROM orientations ORDER BY position OFFSET pg_temp.pick('orientation', n, 8) LIMIT 1), '2027-01-01', '2027-12-31'
     FROM generate_series(1, ${actions}) n`,
    `INSERT INTO action_territories (action_id, kind, code, chosen)
     SELECT pg_temp.id('action', n), 'qpv', (SELECT slug FROM qpv ORDER BY slug OFFSET pg_temp.pick('qpv', n, 36) LIMIT 1), true FROM generate_series(1, ${actions}) n`,
    `INSERT INTO action_territories (action_id, kind, code, chosen)
     SELECT t.action_id, place.kind, place.code, false
     FROM action_territories t JOIN qpv_communes q ON q.qpv_slug = t.code JOIN communes c USING (insee_code)
     CROSS JOIN LATERAL (VALUES ('commune', c.insee_code), ('department', c.department_code), ('sector', c.sector_code)) AS place (kind, code)
     WHERE t.kind = 'qpv' AND place.code IS NOT NULL
     ON CONFLICT DO NOTHING`,
    `INSERT INTO funding_lines (id, action_id, dossier_id, call_id, organisation_id, funder_id, year, requested_cents, state)
     SELECT pg_temp.id('line', n), a.id, a.dossier_id, d.call_id, d.organisation_id, f.id, 2027, 100000 + 100 * pg_temp.pick('amount', n, 9000),
            (ARRAY['requested', 'requested', 'taken-up', 'instructed', 'instructed', 'instructed', 'adjourned', 'unfavourable'])[1 + pg_temp.pick('line', n, 8)]
     FROM generate_series(1, ${lines}) n
     JOIN actions a ON a.id = pg_temp.id('action', (n - 1) / ${LINES_PER_ACTION} + 1)
     JOIN dossiers d ON d.id = a.dossier_id
     JOIN (SELECT id, row_number() OVER (ORDER BY code) - 1 AS rank FROM funders) f ON f.rank = (pg_temp.pick('funder', (n - 1) / ${LINES_PER_ACTION}, 45) + 11 * (n % ${LINES_PER_ACTION})) % 45`,
    `INSERT INTO opinions (id, funding_line_id, author_id, role, opinion, proposed_cents, reason, given_at)
     SELECT pg_temp.id('opinion', 2 * n + k), pg_temp.id('line', n), pg_temp.id('user', k), (ARRAY['instructor', 'delegate'])[1 + k], 'favourable', 50000, 'Action utile au quartier.', now()
     FROM generate_series(1, ${lines}) n, generate_series(0, 1) k WHERE n % 2 = 0`,
    `INSERT INTO dossier_perimeters (dossier_id, kind, code)
     SELECT id, 'organisation', organisation_id::text FROM dossiers UNION SELECT id, 'contract', 'GOSB' FROM dossiers
     UNION SELECT a.dossier_id, t.kind, t.code FROM action_territories t JOIN actions a ON a.id = t.action_id
     UNION SELECT l.dossier_id, 'funder', f.code FROM funding_lines l JOIN funders f ON f.id = l.funder_id`,
  ];
}
