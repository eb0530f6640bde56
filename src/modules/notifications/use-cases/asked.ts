import type { Query } from '../../../platform/database/query.js';
import type { Refs } from '../domain/delivery.js';
import type { Person } from '../persistence/letter.repository.js';

/** A message to write: to whom, about what, and the transaction it is read in. */
export interface Asked {
  readonly query: Query;
  readonly to: Person;
  readonly refs: Refs;
  readonly now: Date;
}
