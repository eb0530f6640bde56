import type { MigrationInterface, QueryRunner } from 'typeorm';

const BEFORE = [
  ...['user', 'membership', 'dossier', 'call', 'act', 'committee', 'organisation', 'funding-line', 'report', 'repayment', 'action', 'cpo'],
  'envelope',
]
  .map((type) => `'${type}'`)
  .join(', ');

/** Messages may be about an endpoint; what they may be about is the code's to list, as it is for the inbox. */
export class NotifyAnyObject1795008020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE deliveries DROP CONSTRAINT deliveries_object_type_check;
      ALTER TABLE deliveries ADD CONSTRAINT deliveries_object_type_check CHECK (object_type ~ '^[a-z][a-z-]*$');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM deliveries WHERE object_type NOT IN (${BEFORE});
      ALTER TABLE deliveries DROP CONSTRAINT deliveries_object_type_check;
      ALTER TABLE deliveries ADD CONSTRAINT deliveries_object_type_check CHECK (object_type IN (${BEFORE}));
    `);
  }
}
