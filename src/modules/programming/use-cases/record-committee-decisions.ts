import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Recused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FundingLines } from '../../funding/index.js';
import { completed, type AskedDecision } from '../domain/committee-decision.js';
import { LinesUnknown, LineTwice } from '../domain/committee.errors.js';
import type { Committee } from '../domain/committee.js';
import { nextCommitteeState } from '../domain/committee.transitions.js';
import { UnknownEnvelope } from '../domain/scenario.errors.js';
import { CommitteeAgenda } from '../persistence/committee-agenda.repository.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { assertMayAct, recusedOrganisations, type CommitteeCommand } from './committee-rights.js';

export interface RecordCommitteeDecisionsCommand extends CommitteeCommand {
  readonly decisions: readonly AskedDecision[];
}

/** Writes what the session decides of some lines. Nothing moves until all of it is applied. */
@Injectable()
export class RecordCommitteeDecisions {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
    private readonly agenda: CommitteeAgenda,
    private readonly lines: FundingLines,
  ) {}

  /** @throws NotFound, Forbidden, Recused, StaleVersion, ActNotAllowed, LinesUnknown, LineTwice, DecisionIncomplete, UnknownEnvelope */
  execute({ committeeId, version, decisions }: RecordCommitteeDecisionsCommand, actor: Actor): Promise<Committee> {
    return this.work.run(actor, async (tx) => {
      const before = await this.committees.lock(tx.query, committeeId);
      assertMayAct(actor, 'committee.write', before, version);
      const state = nextCommitteeState(before.state, 'decide');
      const entries = new Map((await this.agenda.entries(tx.query, committeeId)).map((entry) => [entry.lineId, entry]));
      assertEachOnce(
        decisions.map(({ lineId }) => lineId),
        '/decisions',
      );
      const recusedFrom = recusedOrganisations(actor, before);
      const unknown: string[] = [];
      const decided = decisions.flatMap((asked, index) => {
        const entry = entries.get(asked.lineId);
        if (!entry) unknown.push(`/decisions/${index}/lineId`);
        else if (recusedFrom.has(entry.organisationId)) throw new Recused();
        return entry ? [[asked.lineId, completed(asked, entry.planned, `/decisions/${index}`)] as const] : [];
      });
      if (unknown.length > 0) throw new LinesUnknown(unknown);
      await assertEnvelopesExist(this.lines, tx.query, decisions, '/decisions');
      this.agenda.saveDecisions(tx, committeeId, decided);
      tx.audit('committee.decided', { type: 'committee', id: committeeId }, null, { decisions: Object.fromEntries(decided) });
      return this.committees.save(tx.query, { ...before, state });
    });
  }
}

/** @throws LineTwice */
export function assertEachOnce(lineIds: readonly string[], at: string): void {
  const seen = new Set<string>();
  const twice = lineIds.flatMap((lineId, index) => (seen.size === seen.add(lineId).size ? [`${at}/${index}/lineId`] : []));
  if (twice.length > 0) throw new LineTwice(twice);
}

/** @throws UnknownEnvelope */
export async function assertEnvelopesExist(
  lines: FundingLines,
  query: Parameters<FundingLines['envelopes']>[0],
  asked: readonly { readonly envelopeId?: string }[],
  at: string,
): Promise<void> {
  const ids = [...new Set(asked.flatMap(({ envelopeId }) => envelopeId ?? []))];
  if (ids.length === 0) return;
  const known = await lines.envelopes(query, ids);
  const unknown = asked.findIndex(({ envelopeId }) => envelopeId !== undefined && !known.has(envelopeId));
  if (unknown >= 0) throw new UnknownEnvelope(`${at}/${unknown}/envelopeId`);
}
