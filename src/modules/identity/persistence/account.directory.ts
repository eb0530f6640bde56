import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Query } from '../../../platform/database/query.js';

export interface PersonCard {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly version: number;
}

/** Who people are, for the modules above. */
@Injectable()
export class AccountDirectory {
  /** @throws NotFound */
  async person(query: Query, id: string): Promise<PersonCard> {
    const [person] = await query<PersonCard>('SELECT id, email, name, version FROM users WHERE id = $1', [id]);
    if (!person) throw new NotFound();
    return person;
  }
}
