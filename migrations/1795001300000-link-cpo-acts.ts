import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A CPO put on paper: the act that waits for its signatures, then that it was signed by. */
export class LinkCpoActs1795001300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE cpos
        ADD CONSTRAINT cpos_act FOREIGN KEY (act_id) REFERENCES acts,
        ADD CONSTRAINT cpos_abandoned_has_no_act CHECK (state <> 'abandoned' OR act_id IS NULL);
      CREATE UNIQUE INDEX cpos_by_act ON cpos (act_id) WHERE act_id IS NOT NULL;

      -- The act says the amounts: they wait until it is signed, or void.
      CREATE FUNCTION refuse_change_of_cpo_on_paper() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM cpos c WHERE c.id = NEW.cpo_id AND c.state = 'negotiation' AND c.act_id IS NOT NULL) THEN
          RAISE EXCEPTION 'the amounts of a CPO whose act is prepared do not change' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER cpo_tranches_on_paper BEFORE UPDATE OF amount_cents ON cpo_tranches FOR EACH ROW
        WHEN (NEW.amount_cents <> OLD.amount_cents) EXECUTE FUNCTION refuse_change_of_cpo_on_paper();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER cpo_tranches_on_paper ON cpo_tranches;
      DROP FUNCTION refuse_change_of_cpo_on_paper();
      DROP INDEX cpos_by_act;
      ALTER TABLE cpos DROP CONSTRAINT cpos_abandoned_has_no_act, DROP CONSTRAINT cpos_act;
    `);
  }
}
