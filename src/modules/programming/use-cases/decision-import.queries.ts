import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import type { Query } from '../../../platform/database/query.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Funders } from '../../funding/index.js';
import type { DecisionImport } from '../domain/decision-import.js';
import { DecisionImportRepository } from '../persistence/decision-import.repository.js';
import { funderScopes } from './line-rights.js';

@Injectable()
export class DecisionImportQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly funders: Funders,
    private readonly imports: DecisionImportRepository,
  ) {}

  /** @throws NotFound */
  async get(id: string, actor: Actor): Promise<DecisionImport> {
    const found = await this.imports.find(this.work.read, id);
    await this.assertOwn(this.work.read, found, actor);
    if (!found) throw new NotFound();
    return found;
  }

  /** What a funder is about to say is read by its own people only. @throws NotFound */
  async assertOwn(query: Query, found: DecisionImport | null, actor: Actor): Promise<void> {
    const [funder] = found ? await this.funders.byIds(query, [found.funderId]) : [];
    authorize(actor, 'funding-line.record-decision', funder ? funderScopes({ funder }) : []);
  }
}
