import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The end of messages: their words, then what shows that they were sent. And nobody's account closes without a month's notice. */
export class RetainMessages1795010040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- LEAST_NOTICE_DAYS of the module identity.
      UPDATE retention_rules SET notice_days = 30, active_days = greatest(active_days, 30), version = version + 1
        WHERE object = 'account' AND notice_days < 30;
      ALTER TABLE retention_rules ADD CONSTRAINT retention_rules_account_notice_check CHECK (object <> 'account' OR notice_days >= 30);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE retention_rules DROP CONSTRAINT retention_rules_account_notice_check;
    `);
  }
}
