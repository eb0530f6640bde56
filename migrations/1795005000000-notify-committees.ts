import type { MigrationInterface, QueryRunner } from 'typeorm';

const BEFORE = ['user', 'membership', 'dossier', 'call', 'act'];
const ADDED = ['committee', 'organisation', 'funding-line', 'report', 'repayment', 'action', 'cpo', 'envelope'];

/** What a message may be about, further than dossiers; whose files people must not judge; and the messages to who sits in a committee. */
export class NotifyCommittees1795005000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${objectTypes([...BEFORE, ...ADDED])}

      CREATE VIEW notified_recusals AS SELECT user_id, organisation_id FROM actor_recusals;

      CREATE VIEW notified_committees AS
        SELECT t.id, t.state, t.title, t.held_on, t.place, t.quorum, c.title AS call_title, c.year AS call_year,
               (SELECT count(*)::int FROM committee_lines l WHERE l.committee_id = t.id) AS line_count, encode(m.content_hash, 'hex') AS content_hash
        FROM committees t JOIN calls c ON c.id = t.call_id LEFT JOIN committee_minutes m ON m.committee_id = t.id;

      -- Not everyone who sits has an account.
      CREATE VIEW notified_committee_members AS
        SELECT m.committee_id, m.user_id
        FROM committee_members m JOIN users u ON u.id = m.user_id
        WHERE u.email_confirmed_at IS NOT NULL AND u.disabled_at IS NULL;

      CREATE VIEW notified_committee_organisations AS
        SELECT DISTINCT l.committee_id, o.id AS organisation_id, o.name AS organisation_name
        FROM committee_lines l JOIN funding_lines f ON f.id = l.funding_line_id JOIN organisations o ON o.id = f.organisation_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW notified_committee_organisations, notified_committee_members, notified_committees, notified_recusals;
      DELETE FROM deliveries WHERE object_type IN (${quoted(ADDED)});
      ${objectTypes(BEFORE)}
    `);
  }
}

const quoted = (types: readonly string[]): string => types.map((type) => `'${type}'`).join(', ');

const objectTypes = (types: readonly string[]): string => `
      ALTER TABLE deliveries DROP CONSTRAINT deliveries_object_type_check;
      ALTER TABLE deliveries ADD CONSTRAINT deliveries_object_type_check CHECK (object_type IN (${quoted(types)}));`;
