import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { visibleScopes } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { PocketLimit } from '../domain/pocket-limit.js';
import { PocketLimitRepository, type PocketLimitFilter } from '../persistence/pocket-limit.repository.js';

@Injectable()
export class PocketLimitQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly limits: PocketLimitRepository,
  ) {}

  list(filter: PocketLimitFilter, page: PageRequest, actor: Actor): Promise<Page<PocketLimit>> {
    return this.limits.list(this.work.read, filter, visibleScopes(actor, 'pocket-limit.read'), page);
  }
}
