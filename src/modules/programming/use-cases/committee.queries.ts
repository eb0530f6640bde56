import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { visibleScopes } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { AgendaRow } from '../domain/agenda-row.js';
import type { Committee } from '../domain/committee.js';
import { CommitteeAgenda } from '../persistence/committee-agenda.repository.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { authorizeReading, seesDrafts } from './committee-rights.js';

@Injectable()
export class CommitteeQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
    private readonly agenda: CommitteeAgenda,
  ) {}

  /** Empty for who is no staff of the contract. */
  async list(filter: { readonly callId?: string }, page: PageRequest, actor: Actor): Promise<Page<Committee>> {
    if (visibleScopes(actor, 'committee.read').length === 0) return { rows: [], next: null };
    return this.committees.page(this.work.read, { ...filter, drafts: seesDrafts(actor) }, page);
  }

  /** @throws NotFound */
  async committee(id: string, actor: Actor): Promise<Committee> {
    const committee = await this.committees.find(this.work.read, id);
    authorizeReading(actor, committee);
    return committee;
  }

  /** The agenda as far as the reader's perimeter goes. @throws NotFound */
  async lines(id: string, page: PageRequest, actor: Actor): Promise<Page<AgendaRow>> {
    const sight = visibleScopes(actor, 'committee.read');
    authorizeReading(actor, await this.committees.find(this.work.read, id));
    return this.agenda.page(this.work.read, id, { sight, except: [...actor.recusedFrom] }, page);
  }
}
