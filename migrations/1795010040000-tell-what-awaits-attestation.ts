import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What signatories are still waited for: one who attested is not asked again, even before the dossier is filed. */
export class TellWhatAwaitsAttestation1795010040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW notified_dossiers_to_attest AS
        SELECT id AS dossier_id FROM dossiers WHERE state = 'awaiting-attestation' AND attested_hash IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW notified_dossiers_to_attest');
  }
}
