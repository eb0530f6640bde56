import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { available } from '../domain/envelope.js';
import { TrancheLineRepository, type EnvelopeRoom, type YearsPayer } from '../persistence/tranche-line.repository.js';

export type { EnvelopeRoom, YearsPayer };

/** What a CPO asks of the money below it: holding its lines, and finding room for its years. In the transaction of the act that calls it. */
@Injectable()
export class TrancheLines {
  constructor(private readonly repository: TrancheLineRepository) {}

  /** From now on only that CPO decides on these lines; null gives them back to everybody. They must be locked. */
  hold(tx: Tx, lineIds: readonly string[], cpoId: string | null): void {
    this.repository.hold(tx, lineIds, cpoId);
    const act = cpoId === null ? 'funding-line.freed-by-cpo' : 'funding-line.held-by-cpo';
    for (const id of lineIds) tx.audit(act, { type: 'funding-line', id }, null, { cpoId });
  }

  /** The funder's envelopes of those years that may pay the action, with what each has left now. */
  async rooms(query: Query, payer: YearsPayer, years: readonly number[]): Promise<readonly EnvelopeRoom[]> {
    return (await this.repository.envelopes(query, payer, years)).map(roomOf);
  }

  /** The same, locked in the order of their ids: what is left stays left until the transaction ends. */
  async lockRooms(tx: Tx, payer: YearsPayer, years: readonly number[]): Promise<readonly EnvelopeRoom[]> {
    return (await this.repository.lockEnvelopes(tx.query, payer, years)).map(roomOf);
  }
}

const roomOf = ({ counters, ...envelope }: Awaited<ReturnType<TrancheLineRepository['envelopes']>>[number]): EnvelopeRoom => ({
  ...envelope,
  availableCents: available(counters),
});
