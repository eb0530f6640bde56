import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { EnvelopeCounters } from '../domain/envelope.js';
import type { FunderOfLine } from '../domain/funding-line.js';
import { holdsAction } from './holds-action.js';

/** An envelope that a year may be reserved in. */
export interface EnvelopeRoom {
  readonly id: string;
  readonly programme: string;
  readonly year: number;
  /** What may still be reserved. */
  readonly availableCents: Money;
}

type EnvelopeRow = Omit<EnvelopeRoom, 'availableCents'> & EnvelopeCounters;
type CountedEnvelope = Omit<EnvelopeRoom, 'availableCents'> & { readonly counters: EnvelopeCounters };

/** Whose years are to be paid. */
export interface YearsPayer {
  readonly funder: FunderOfLine;
  readonly actionId: string;
}

// Of the funder, of one of the years, of its département when it acts in one, and of a place of the action: as `assertEnvelope` wants them.
const ENVELOPES = `
  SELECT id, programme, year, ceiling_ae_cents AS "ceilingAeCents", ceiling_cp_cents AS "ceilingCpCents", reserved_cents AS "reservedCents",
    committed_cents AS "committedCents", delegated_cents AS "delegatedCents", paid_cents AS "paidCents"
  FROM envelopes e
  WHERE funder_id = $1 AND year = ANY ($2::integer[]) AND ($3::text IS NULL OR department_code = $3) AND (${holdsAction('$4')})
  ORDER BY id`;

@Injectable()
export class TrancheLineRepository {
  hold(tx: Tx, lineIds: readonly string[], cpoId: string | null): void {
    tx.write('UPDATE funding_lines SET held_by_cpo = $2 WHERE id = ANY ($1::uuid[])', [lineIds, cpoId]);
  }

  envelopes(query: Query, payer: YearsPayer, years: readonly number[]): Promise<CountedEnvelope[]> {
    return this.read(query, ENVELOPES, payer, years);
  }

  lockEnvelopes(query: Query, payer: YearsPayer, years: readonly number[]): Promise<CountedEnvelope[]> {
    return this.read(query, `${ENVELOPES} FOR NO KEY UPDATE`, payer, years);
  }

  private async read(query: Query, sql: string, { funder, actionId }: YearsPayer, years: readonly number[]): Promise<CountedEnvelope[]> {
    const rows = await query<EnvelopeRow>(sql, [funder.id, years, funder.departmentCode, actionId]);
    return rows.map(({ id, programme, year, ...counters }) => ({ id, programme, year, counters }));
  }
}
