import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, visibleScopes } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { OpenedEnvelope, RecordedMovement } from '../domain/opened-envelope.js';
import { EnvelopeRepository, type EnvelopeFilter } from '../persistence/envelope.repository.js';

@Injectable()
export class EnvelopeQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly envelopes: EnvelopeRepository,
  ) {}

  list(filter: EnvelopeFilter, page: PageRequest, actor: Actor): Promise<Page<OpenedEnvelope>> {
    return this.envelopes.list(this.work.read, filter, visibleScopes(actor, 'envelope.read'), page);
  }

  /** @throws NotFound */
  async get(id: string, actor: Actor): Promise<OpenedEnvelope> {
    const { envelope, perimeter } = await this.envelopes.find(this.work.read, id);
    authorize(actor, 'envelope.read', perimeter);
    return envelope;
  }

  /** @throws NotFound */
  async movements(id: string, page: PageRequest, actor: Actor): Promise<Page<RecordedMovement>> {
    await this.get(id, actor);
    return this.envelopes.movements(this.work.read, id, page);
  }
}
