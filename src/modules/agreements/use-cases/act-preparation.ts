import { Injectable } from '@nestjs/common';
import { add, ZERO } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { advance, type Funder, type FundingLine } from '../../funding/index.js';
import { grantKind } from '../domain/act-kind.js';
import type { ActParty } from '../domain/act-content.js';
import type { Act } from '../domain/act.js';
import { ActFacts } from '../persistence/act-facts.repository.js';
import { ActRepository } from '../persistence/act.repository.js';
import { ActLines } from './act-lines.js';
import { ActWriter, type ActDraft } from './act-writer.js';

export interface WaitingDecisions {
  readonly callId: string;
  readonly callTitle: string;
  readonly funder: Funder;
  readonly organisationId: string;
  readonly year: number;
}

/** Puts on paper what a funder decided for one organisation and year: what it grants in one act, what it refuses in one letter. */
@Injectable()
export class ActPreparation {
  constructor(
    private readonly acts: ActRepository,
    private readonly facts: ActFacts,
    private readonly lines: ActLines,
    private readonly writer: ActWriter,
  ) {}

  /** None when another preparation came first. */
  async prepare(tx: Tx, actor: Actor, waiting: WaitingDecisions): Promise<readonly Act[]> {
    const { callId, organisationId, year, funder } = waiting;
    const beneficiary = { organisationId, funderId: funder.id, year };
    await this.acts.lockBeneficiary(tx.query, beneficiary);
    const lines = await this.lines.lock(tx, await this.facts.waitingLines(tx.query, callId, beneficiary));
    if (lines.length === 0) return [];
    const party = await this.facts.party(tx.query, organisationId);
    const refused = await this.refuse(tx, actor, waiting, party, lines);
    const granted = await this.grant(tx, actor, waiting, party, lines);
    return [...refused, ...granted];
  }

  private async refuse(
    tx: Tx,
    actor: Actor,
    waiting: WaitingDecisions,
    party: ActParty,
    lines: readonly FundingLine[],
  ): Promise<readonly Act[]> {
    const refused = lines.filter(({ state }) => state === 'refusal-announced').map((line) => ({ line, amountCents: ZERO }));
    if (refused.length === 0) return [];
    const draft = await this.draft(tx, waiting, party);
    return [await this.writer.write(tx, actor, { ...draft, kind: 'refusal-letter', isBilateral: false, lines: refused })];
  }

  private async grant(
    tx: Tx,
    actor: Actor,
    waiting: WaitingDecisions,
    party: ActParty,
    lines: readonly FundingLine[],
  ): Promise<readonly Act[]> {
    const announced = lines.filter(({ state }) => state === 'announced');
    if (announced.length === 0) return [];
    const draft = await this.draft(tx, waiting, party);
    const granted = announced.map((line) => ({ line, amountCents: line.grantedCents ?? ZERO }));
    const newCents = add(...granted.map(({ amountCents }) => amountCents));
    const kind = grantKind({ legalForm: party.legalForm, alreadyCents: draft.yearTotalCents, newCents, ...draft.thresholds });
    this.lines.move(tx, actor, announced, 'act-generated', (line) => advance(line, 'generate-act'));
    const yearTotalCents = add(draft.yearTotalCents, newCents);
    return [await this.writer.write(tx, actor, { ...draft, kind, isBilateral: kind === 'agreement', lines: granted, yearTotalCents })];
  }

  /** What both say of the year: its total is that of the acts that stand already. */
  private async draft(
    tx: Tx,
    { callId, callTitle, funder, organisationId, year }: WaitingDecisions,
    party: ActParty,
  ): Promise<Omit<ActDraft, 'kind' | 'isBilateral' | 'lines'>> {
    const beneficiary = { organisationId, funderId: funder.id, year };
    return {
      ...{ ...beneficiary, callId, callTitle, funder, party, amends: null, reason: null },
      thresholds: await this.facts.thresholds(tx.query, year),
      yearTotalCents: await this.facts.granted(tx.query, beneficiary),
    };
  }
}
