import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { BlockLifted, ReportOverdue, type OrganisationBlock } from '../domain/block.js';
import { BlockRepository, type NewBlock } from '../persistence/block.repository.js';

/** The blocks of an organisation, for the modules above: who puts one knows why, and who may lift it. */
@Injectable()
export class OrganisationBlocks {
  constructor(private readonly blocks: BlockRepository) {}

  /** Null when it was put before, were it lifted since: it is put once a cause and due day. */
  async put(tx: Tx, block: NewBlock): Promise<OrganisationBlock | null> {
    const put = await this.blocks.add(tx.query, block, tx.at);
    if (put) tx.audit('organisation-block.put', { type: 'organisation-block', id: put.id }, null, put);
    return put;
  }

  /** What caused it is no more: it is lifted by itself. Null when there is none. */
  async liftBecause(tx: Tx, cause: OrganisationBlock['cause'], actionId: string, year: number): Promise<OrganisationBlock | null> {
    const block = await this.blocks.lockLive(tx.query, cause, actionId, year);
    return block && this.write(tx, block, null, null);
  }

  /** Lifts by hand one that is locked, whose right was asked. @throws BlockLifted */
  lift(tx: Tx, block: OrganisationBlock, actor: Actor, reason: string): Promise<OrganisationBlock> {
    if (block.liftedAt !== null) throw new BlockLifted();
    return this.write(tx, block, actor.id, reason);
  }

  /** @throws NotFound */
  lock(tx: Tx, id: string): Promise<OrganisationBlock> {
    return this.blocks.lock(tx.query, id);
  }

  /** @throws NotFound */
  get(query: Query, id: string): Promise<OrganisationBlock> {
    return this.blocks.get(query, id);
  }

  live(query: Query, organisationId: string): Promise<readonly OrganisationBlock[]> {
    return this.blocks.live(query, organisationId);
  }

  /** @throws ReportOverdue as long as a block holds */
  async assertNone(query: Query, organisationId: string): Promise<void> {
    const [block] = await this.blocks.live(query, organisationId);
    if (block) throw new ReportOverdue(block.sentence);
  }

  private async write(tx: Tx, block: OrganisationBlock, userId: string | null, reason: string | null): Promise<OrganisationBlock> {
    const lifted = await this.blocks.lift(tx.query, block.id, { userId, reason, at: tx.at });
    tx.audit('organisation-block.lifted', { type: 'organisation-block', id: block.id }, block, lifted);
    return lifted;
  }
}
