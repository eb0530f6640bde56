import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a message says of a later year of a CPO, besides the act that notifies it. */
export class NotifyTranches1795003020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Nothing here before the notification. The first year is told by the act of the CPO itself.
      CREATE VIEW notified_act_tranches AS
        SELECT n.act_id, c.reference, x.title AS action_title, t.rank, c.last_year - c.first_year + 1 AS years, t.year, n.amount_cents,
               t.report_year, r.accepted_at AS report_accepted_at
        FROM act_lines n
        JOIN acts a ON a.id = n.act_id
        JOIN cpo_tranches t ON t.funding_line_id = n.funding_line_id
        JOIN cpos c ON c.id = t.cpo_id
        JOIN actions x ON x.id = c.action_id
        JOIN cpo_interim_reports r ON r.action_id = t.action_id AND r.year = t.report_year
        WHERE a.state = 'notified' AND a.kind IN ('order', 'agreement') AND n.purpose = 'grant' AND t.rank > 1 AND t.confirmed_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW notified_act_tranches`);
  }
}
