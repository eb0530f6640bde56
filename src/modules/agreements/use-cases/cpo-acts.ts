import { Injectable } from '@nestjs/common';
import { ZERO, type Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { advance, type Funder } from '../../funding/index.js';
import type { Act } from '../domain/act.js';
import { ActFacts } from '../persistence/act-facts.repository.js';
import { ActRepository } from '../persistence/act.repository.js';
import { ActLines } from './act-lines.js';
import { ActWriter } from './act-writer.js';

export interface CpoOnPaper {
  readonly callId: string;
  readonly callTitle: string;
  readonly funder: Funder;
  readonly organisationId: string;
  /** One a year and action; each its funding line. */
  readonly tranches: readonly { readonly lineId: string; readonly amountCents: Money }[];
}

/**
 * Puts a negotiated CPO on paper: one act, signed by both, for all its tranches. Only the tranche announced moves with the act; each later one has
 * its own confirmation. For the use cases of CPO, in their transaction; whoever calls has checked who may.
 */
@Injectable()
export class CpoActs {
  constructor(
    private readonly acts: ActRepository,
    private readonly facts: ActFacts,
    private readonly lines: ActLines,
    private readonly writer: ActWriter,
  ) {}

  /** Numbers the act: the last thing that the transaction asks. @throws ActNotAllowed */
  async prepare(tx: Tx, actor: Actor, { tranches, funder, organisationId, ...of }: CpoOnPaper): Promise<Act> {
    const lines = await this.lines.lock(
      tx,
      tranches.map(({ lineId }) => lineId),
    );
    const year = Math.min(...lines.map((line) => line.year));
    const beneficiary = { organisationId, funderId: funder.id, year };
    await this.acts.lockBeneficiary(tx.query, beneficiary);
    const first = lines.filter((line) => line.year === year);
    this.lines.move(tx, actor, first, 'act-generated', (line) => advance(line, 'generate-act'));
    const amountOf = (id: string) => tranches.find(({ lineId }) => lineId === id)?.amountCents ?? ZERO;
    return this.writer.write(tx, actor, {
      ...{ ...of, ...beneficiary, kind: 'cpo', isBilateral: true, funder, amends: null, reason: null },
      lines: lines.map((line) => ({ line, amountCents: amountOf(line.id) })),
      party: await this.facts.party(tx.query, organisationId),
      thresholds: await this.facts.thresholds(tx.query, year),
      yearTotalCents: await this.facts.granted(tx.query, beneficiary),
    });
  }
}
