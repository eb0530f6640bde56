import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The end of messages: their words, then what shows that they were sent. And nobody's account closes without a month's notice. */
export class RetainMessages1795010050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- LEAST_NOTICE_DAYS of the module identity.
      UPDATE retention_rules SET notice_days = 30, active_days = greatest(active_days, 30), version = version + 1
        WHERE object = 'account' AND notice_days < 30;
      ALTER TABLE retention_rules ADD CONSTRAINT retention_rules_account_notice_check CHECK (object <> 'account' OR notice_days >= 30);

      -- LEAST_PROOF_DAYS of the same.
      ALTER TABLE retention_rules ADD CONSTRAINT retention_rules_message_proof_check CHECK (object <> 'message' OR active_days + archived_days >= 365);
      INSERT INTO retention_rules (object, start, active_days, notice_days, archived_days, fate, legal_basis) VALUES
        ('message', 'envoi du courriel ou dépôt dans la boîte de réception', 365, 0, 1826, 'delete',
         'Règlement (UE) 2016/679, art. 5, § 1, e) et art. 17, § 3, e) : preuve que les décisions et les délais ont été notifiés');

      -- blanked_at: when the words of a message were forgotten. No index on those that have theirs: it would cost a fifth of what announcing
      -- results takes, to spare an hourly clock the reading of a table.
      ALTER TABLE deliveries
        ADD blanked_at timestamptz,
        ADD CONSTRAINT deliveries_blanked_check CHECK (blanked_at IS NULL OR (subject IS NULL AND state <> 'queued'));
      CREATE INDEX deliveries_blanked ON deliveries (created_at) WHERE blanked_at IS NOT NULL;

      -- refs: as of the mail about it; what says whom a message names.
      ALTER TABLE inbox_messages
        ALTER subject DROP NOT NULL,
        ALTER summary DROP NOT NULL,
        ADD refs jsonb NOT NULL DEFAULT '{}',
        ADD blanked_at timestamptz,
        ADD CONSTRAINT inbox_messages_blanked_check CHECK (num_nulls(subject, summary) = CASE WHEN blanked_at IS NULL THEN 0 ELSE 2 END);
      UPDATE inbox_messages i SET refs = told.refs
        FROM (SELECT event_id, refs FROM deliveries UNION ALL SELECT id, payload FROM outbox) AS told WHERE told.event_id = i.event_id;
      CREATE INDEX inbox_messages_blanked ON inbox_messages (created_at) WHERE blanked_at IS NOT NULL;

      CREATE VIEW notified_erased_people AS SELECT id FROM users WHERE erased_at IS NOT NULL;
      -- By which ref a message names one of them: as who asks to join, who wrote in a dossier, who invited the reader.
      CREATE VIEW notified_erased_names AS
        SELECT 'membershipId' AS ref, m.id::text AS id FROM memberships m JOIN notified_erased_people p ON p.id = m.user_id
        UNION ALL
        SELECT 'messageId', d.id::text FROM dossier_messages d JOIN notified_erased_people p ON p.id = d.author_id
        UNION ALL
        SELECT 'userId', g.user_id::text FROM grants g JOIN notified_erased_people p ON p.id = g.granted_by;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW notified_erased_names, notified_erased_people;
      UPDATE inbox_messages SET subject = 'Message effacé', summary = '', blanked_at = NULL WHERE blanked_at IS NOT NULL;
      ALTER TABLE inbox_messages DROP blanked_at, DROP refs, ALTER summary SET NOT NULL, ALTER subject SET NOT NULL;
      ALTER TABLE deliveries DROP blanked_at;
      DELETE FROM retention_rules WHERE object = 'message';
      ALTER TABLE retention_rules
        DROP CONSTRAINT retention_rules_message_proof_check,
        DROP CONSTRAINT retention_rules_account_notice_check;
    `);
  }
}
