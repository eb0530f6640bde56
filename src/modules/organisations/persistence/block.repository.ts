import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import type { Query } from '../../../platform/database/query.js';
import type { OrganisationBlock } from '../domain/block.js';

export type NewBlock = Pick<OrganisationBlock, 'organisationId' | 'cause' | 'actionId' | 'year' | 'dueOn' | 'sentence'>;

const COLUMNS = `b.id, b.organisation_id AS "organisationId", b.cause, b.action_id AS "actionId", b.year, b.due_on AS "dueOn", b.sentence, b.version,
  b.put_at AS "putAt", b.lifted_at AS "liftedAt", b.lift_reason AS "liftReason"`;

@Injectable()
export class BlockRepository {
  /** Null when there is one already for this due day, live or lifted: what was lifted by hand stays so. */
  async add(query: Query, block: NewBlock, at: Date): Promise<OrganisationBlock | null> {
    const [added] = await query<OrganisationBlock>(
      `INSERT INTO organisation_blocks AS b (id, organisation_id, cause, action_id, year, due_on, sentence, put_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      [newId(), block.organisationId, block.cause, block.actionId, block.year, block.dueOn, block.sentence, at],
    );
    return added ?? null;
  }

  async live(query: Query, organisationId: string): Promise<OrganisationBlock[]> {
    return query<OrganisationBlock>(
      `SELECT ${COLUMNS} FROM organisation_blocks b WHERE b.organisation_id = $1 AND b.lifted_at IS NULL ORDER BY b.id`,
      [organisationId],
    );
  }

  /** @throws NotFound */
  async get(query: Query, id: string): Promise<OrganisationBlock> {
    return existing(await query<OrganisationBlock>(`SELECT ${COLUMNS} FROM organisation_blocks b WHERE b.id = $1`, [id]));
  }

  /** @throws NotFound */
  async lock(query: Query, id: string): Promise<OrganisationBlock> {
    return existing(await query<OrganisationBlock>(`SELECT ${COLUMNS} FROM organisation_blocks b WHERE b.id = $1 FOR UPDATE`, [id]));
  }

  async lift(
    query: Query,
    id: string,
    by: { readonly userId: string | null; readonly reason: string | null; readonly at: Date },
  ): Promise<OrganisationBlock> {
    return existing(
      await query<OrganisationBlock>(
        `UPDATE organisation_blocks b SET lifted_at = $2, lifted_by = $3, lift_reason = $4, version = version + 1
         WHERE b.id = $1 AND b.lifted_at IS NULL RETURNING ${COLUMNS}`,
        [id, by.at, by.userId, by.reason],
      ),
    );
  }

  /** The live one of an action and year, locked; null without one. */
  async lockLive(query: Query, cause: OrganisationBlock['cause'], actionId: string, year: number): Promise<OrganisationBlock | null> {
    const [block] = await query<OrganisationBlock>(
      `SELECT ${COLUMNS} FROM organisation_blocks b WHERE b.cause = $1 AND b.action_id = $2 AND b.year = $3 AND b.lifted_at IS NULL FOR UPDATE`,
      [cause, actionId, year],
    );
    return block ?? null;
  }
}

function existing([block]: readonly OrganisationBlock[]): OrganisationBlock {
  if (!block) throw new NotFound();
  return block;
}
