import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { Recusal } from '../domain/recusal.js';
import { OrganisationRepository } from '../persistence/organisation.repository.js';
import { RecusalRepository } from '../persistence/recusal.repository.js';

export interface DeclareRecusalCommand {
  readonly organisationId: string;
  readonly reason: string;
}

/** Conflicts of interest that a person declares on themself, and takes back; both are recorded. */
@Injectable()
export class Recusals {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly recusals: RecusalRepository,
  ) {}

  /** @throws NotFound, RecusalAlreadyDeclared */
  declare({ organisationId, reason }: DeclareRecusalCommand, actor: Actor): Promise<Recusal> {
    return this.work.run(actor, async (tx) => {
      const { name: organisationName } = await this.organisations.get(tx.query, organisationId);
      const recusal: Recusal = { id: newId(), organisationId, organisationName, reason, declaredAt: tx.at };
      await this.recusals.add(tx.query, actor.id, recusal);
      tx.audit('recusal.declared', { type: 'recusal', id: recusal.id }, null, { organisationId, reason });
      return recusal;
    });
  }

  /** @throws NotFound */
  async end(id: string, actor: Actor): Promise<void> {
    await this.work.run(actor, async (tx) => {
      const ended = await this.recusals.end(tx.query, actor.id, id, tx.at);
      tx.audit('recusal.ended', { type: 'recusal', id }, ended, null);
    });
  }

  list(actor: Actor): Promise<Recusal[]> {
    return this.recusals.of(this.work.read, actor.id);
  }
}
