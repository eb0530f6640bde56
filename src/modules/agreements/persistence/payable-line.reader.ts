import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Money } from '../../../kernel/money.js';
import type { Perimeter } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';

/** A line as its payments are read, without a lock. `State`: as the module that owns lines names their states. */
export interface PayableLine<State extends string = string> {
  readonly id: string;
  readonly version: number;
  readonly state: State;
  readonly organisationId: string;
  readonly grantedCents: Money | null;
  readonly paidCents: Money;
  readonly ejNumber: string | null;
  readonly notifiedAt: Date | null;
  readonly perimeter: Perimeter;
}

@Injectable()
export class PayableLineReader {
  /** @throws NotFound */
  async find<State extends string>(query: Query, id: string): Promise<PayableLine<State>> {
    const [line] = await query<PayableLine<State>>(
      `SELECT id, version, state, organisation_id AS "organisationId", granted_cents AS "grantedCents", paid_cents AS "paidCents",
         ej_number AS "ejNumber", notified_at AS "notifiedAt", perimeter FROM payable_lines WHERE id = $1`,
      [id],
    );
    if (!line) throw new NotFound();
    return line;
  }
}
