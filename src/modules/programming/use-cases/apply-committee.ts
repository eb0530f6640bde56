import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Recused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { CallStages } from '../../calls/index.js';
import {
  FundingLines,
  OutsideSubEnvelope,
  type Decision,
  type FundingLine,
  type LineInHand,
  type OpenedEnvelope,
} from '../../funding/index.js';
import { decisionByDefault, type CommitteeDecision } from '../domain/committee-decision.js';
import { DecisionMissing } from '../domain/committee.errors.js';
import type { Committee } from '../domain/committee.js';
import { nextCommitteeState } from '../domain/committee.transitions.js';
import { CommitteeAgenda, type AgendaEntry } from '../persistence/committee-agenda.repository.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { assertMayAct, recusedOrganisations, type CommitteeCommand } from './committee-rights.js';
import { assertRoom, outcomeOf } from './line-outcome.js';
import { audited } from './line-rights.js';
import { Refusals } from './refusals.js';

/** What was decided of a line and what it does to it. */
interface Outcome {
  readonly line: FundingLine;
  readonly decided: CommitteeDecision;
  readonly decision: Decision<FundingLine>;
}

const VERBS: Readonly<Record<CommitteeDecision['kind'], string>> = {
  proposed: 'funding-line.proposed',
  adjourned: 'funding-line.adjourned',
  unfavourable: 'funding-line.found-unfavourable',
};

/**
 * Carries out all that the session decided, in one transaction: every line, or none; the first one makes its call « programmé ». Locks the session,
 * then the lines in the order of their ids, the call, then (with the COMMIT) the envelopes in the order of theirs, as any decision does: no two of them wait for each other in a circle.
 */
@Injectable()
export class ApplyCommittee {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
    private readonly agenda: CommitteeAgenda,
    private readonly lines: FundingLines,
    private readonly stages: CallStages,
  ) {}

  /** @throws NotFound, Forbidden, Recused, StaleVersion, ActNotAllowed, LinesRefused, EnvelopeExceeded */
  execute({ committeeId, version }: CommitteeCommand, actor: Actor): Promise<Committee> {
    return this.work.run(actor, async (tx) => {
      const before = await this.committees.lock(tx.query, committeeId);
      assertMayAct(actor, 'committee.apply', before, version);
      const state = nextCommitteeState(before.state, 'apply');
      const entries = await this.agenda.entries(tx.query, committeeId);
      const recusedFrom = recusedOrganisations(actor, before);
      if (entries.some(({ organisationId }) => recusedFrom.has(organisationId))) throw new Recused();
      const outcomes = await this.decide(tx, entries, actor.id);
      // Once what is decided is known to hold, and before any envelope is touched: the call is locked for as long as it takes to write.
      await this.stages.advance(tx, before.callId, 'programme');
      const after = this.lines.carryOutTogether(tx, actor, outcomes);
      this.agenda.saveDecisions(
        tx,
        committeeId,
        outcomes.map(({ line, decided }) => [line.id, decided] as const),
        false,
      );
      for (const [index, outcome] of outcomes.entries()) auditLine(tx, committeeId, outcome, after[index]);
      tx.audit('committee.applied', { type: 'committee', id: committeeId }, { state: before.state }, { state, ...countsOf(outcomes) });
      return this.committees.save(tx.query, { ...before, state, appliedAt: tx.at }, actor.id);
    });
  }

  /** @throws LinesRefused with every line and envelope that refuses, and why */
  private async decide(tx: Tx, entries: readonly AgendaEntry[], proposerId: string): Promise<readonly Outcome[]> {
    const hands = await this.lines.lockAllForInstruction(
      tx,
      entries.map(({ lineId }) => lineId),
    );
    const decisions = new Map(entries.map(({ lineId, decision, planned }) => [lineId, decision ?? decisionByDefault(planned)]));
    const named = [...decisions.values()].flatMap((decision) => (decision?.kind === 'proposed' ? (decision.envelopeId ?? []) : []));
    // What a line held elsewhere is given back to that envelope: it is looked at too.
    const held = hands.flatMap(({ line }) => line.envelopeId ?? []);
    const envelopes = await this.lines.envelopes(tx.query, [...new Set([...named, ...held])]);
    const asked = [...decisions].flatMap(([lineId, decision]) =>
      decision?.kind === 'proposed' && decision.envelopeId !== null ? [{ lineId, envelopeId: decision.envelopeId }] : [],
    );
    const outside = await this.lines.outsideSubEnvelopes(tx.query, asked);
    const refusals = new Refusals();
    for (const lineId of outside) {
      refusals.attempt(`/lines/${lineId}`, () => {
        throw new OutsideSubEnvelope();
      });
    }
    const outcomes = hands.flatMap(
      (hand) =>
        refusals.attempt(`/lines/${hand.line.id}`, () => outcome(hand, decisions.get(hand.line.id) ?? null, envelopes, proposerId)) ?? [],
    );
    for (const envelope of envelopes.values()) {
      refusals.attempt(`/envelopes/${envelope.id}`, () => {
        assertRoom(
          envelope,
          outcomes.map(({ decision }) => decision),
        );
      });
    }
    refusals.assertNone();
    return outcomes;
  }
}

/** @throws DecisionMissing, and as `outcomeOf` */
function outcome(
  hand: LineInHand,
  decided: CommitteeDecision | null,
  envelopes: ReadonlyMap<string, OpenedEnvelope>,
  proposerId: string,
): Outcome {
  if (decided === null) throw new DecisionMissing();
  return { line: hand.line, decided, decision: outcomeOf(hand, decided, envelopes, proposerId) };
}

function auditLine(tx: Tx, committeeId: string, { line, decided }: Outcome, after: FundingLine | undefined): void {
  if (!after) throw new Error('every decided line is written');
  const isAdvice = decided.kind === 'proposed' && !line.isProgramme147;
  const said = isAdvice ? { ...audited(after), advisedCents: decided.amountCents, committeeId } : { ...audited(after), committeeId };
  tx.audit(isAdvice ? 'funding-line.advised' : VERBS[decided.kind], { type: 'funding-line', id: line.id }, audited(line), said);
}

function countsOf(outcomes: readonly Outcome[]): object {
  const count = (kind: CommitteeDecision['kind']) => outcomes.filter(({ decided }) => decided.kind === kind).length;
  return { proposed: count('proposed'), adjourned: count('adjourned'), unfavourable: count('unfavourable') };
}
