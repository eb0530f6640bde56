import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A signed copy is a file that was uploaded, of one act only. */
export class AttachSignedScans1795001310000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE acts ADD CONSTRAINT acts_signed_file FOREIGN KEY (signed_file_id) REFERENCES files;
      CREATE UNIQUE INDEX acts_by_signed_file ON acts (signed_file_id) WHERE signed_file_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX acts_by_signed_file;
      ALTER TABLE acts DROP CONSTRAINT acts_signed_file;
    `);
  }
}
