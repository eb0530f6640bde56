import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { Retained, RetentionRule } from '../domain/retention.js';
import { RetentionRepository } from './retention.repository.js';

/** How long a sort of object is kept, for the modules above. */
@Injectable()
export class RetentionTerms {
  constructor(private readonly retention: RetentionRepository) {}

  /** @throws NotFound */
  of(query: Query, object: Retained): Promise<Pick<RetentionRule, 'activeDays' | 'archivedDays'>> {
    return this.retention.rule(query, object);
  }
}
