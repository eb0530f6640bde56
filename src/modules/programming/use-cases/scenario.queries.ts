import { Injectable } from '@nestjs/common';
import { BievreError } from '../../../kernel/errors.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import { ActNotAllowed } from '../../../kernel/transitions.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import {
  AmountAboveRequest,
  EnvelopeClosed,
  EnvelopeExceeded,
  FUNDING_LINE_WORDS,
  HeldByCpo,
  OutsideSubEnvelope,
  WrongEnvelope,
  type FundingLineState,
} from '../../funding/index.js';
import { EnvelopeMissing } from '../domain/committee.errors.js';
import { DossierNotAdmissible } from '../domain/programming.errors.js';
import { overflowOf, type EnvelopeTotal, type ScenarioRefusal, type ScenarioTotals } from '../domain/scenario-totals.js';
import { ScenarioOfAnotherCommittee } from '../domain/scenario.errors.js';
import type { PlannedLine, Scenario } from '../domain/scenario.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { ScenarioTotalsRepository, type RefusedLine } from '../persistence/scenario-totals.repository.js';
import { ScenarioRepository, type DifferingLine } from '../persistence/scenario.repository.js';
import { authorizeActing } from './committee-rights.js';
import { CARRIED_FROM } from './line-outcome.js';
import { ScenarioDesk } from './scenario-desk.js';

export interface ComparedScenarios {
  readonly left: { readonly scenario: Scenario; readonly totals: ScenarioTotals };
  readonly right: { readonly scenario: Scenario; readonly totals: ScenarioTotals };
  readonly lines: readonly DifferingLine[];
}

@Injectable()
export class ScenarioQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: ScenarioDesk,
    private readonly committees: CommitteeRepository,
    private readonly scenarios: ScenarioRepository,
    private readonly sums: ScenarioTotalsRepository,
  ) {}

  /** @throws NotFound, Forbidden */
  async ofCommittee(committeeId: string, actor: Actor): Promise<readonly Scenario[]> {
    authorizeActing(actor, 'scenario.read', await this.committees.find(this.work.read, committeeId));
    return this.scenarios.ofCommittee(this.work.read, committeeId);
  }

  /** @throws NotFound, Forbidden */
  scenario(id: string, actor: Actor): Promise<Scenario> {
    return this.desk.read(this.work.read, id, actor);
  }

  /** Line by line, without the organisations that the reader must not judge. @throws NotFound, Forbidden */
  async amounts(id: string, page: PageRequest, actor: Actor): Promise<Page<PlannedLine>> {
    await this.desk.read(this.work.read, id, actor);
    return this.scenarios.page(this.work.read, id, [...actor.recusedFrom], page);
  }

  /** What the scenario adds up to, and what applying it now would refuse. @throws NotFound, Forbidden */
  async totals(id: string, actor: Actor): Promise<{ scenario: Scenario; totals: ScenarioTotals; refusals: readonly ScenarioRefusal[] }> {
    const scenario = await this.desk.read(this.work.read, id, actor);
    const { totals, refused } = await this.sums.read(this.work.read, id, CARRIED_FROM);
    const seen = refused.filter(({ organisationId }) => organisationId === null || !actor.recusedFrom.has(organisationId));
    return { scenario, totals, refusals: [...totals.envelopes.flatMap(overflowing), ...seen.map(refusalOf)] };
  }

  /** @throws NotFound, Forbidden, ScenarioOfAnotherCommittee */
  async compare(leftId: string, rightId: string, actor: Actor): Promise<ComparedScenarios> {
    const [left, right] = [await this.desk.read(this.work.read, leftId, actor), await this.desk.read(this.work.read, rightId, actor)];
    if (left.committeeId !== right.committeeId) throw new ScenarioOfAnotherCommittee();
    const [{ totals: leftTotals }, { totals: rightTotals }, lines] = await Promise.all([
      this.sums.read(this.work.read, leftId, CARRIED_FROM),
      this.sums.read(this.work.read, rightId, CARRIED_FROM),
      this.scenarios.differences(this.work.read, leftId, rightId),
    ]);
    return {
      left: { scenario: left, totals: leftTotals },
      right: { scenario: right, totals: rightTotals },
      lines: lines.filter(({ organisationId }) => !actor.recusedFrom.has(organisationId)),
    };
  }
}

function overflowing(envelope: EnvelopeTotal): ScenarioRefusal[] {
  if (overflowOf(envelope) === 0n) return [];
  const { envelopeId, availableCents, amountCents, limitedBy } = envelope;
  const { code, message } = new EnvelopeExceeded(availableCents, amountCents, limitedBy);
  return [{ lineId: null, envelopeId, code, detail: message }];
}

/** Says it in the words of the rule itself. */
function refusalOf(line: RefusedLine): ScenarioRefusal {
  const { code, message } = errorOf(line);
  return { lineId: line.lineId, envelopeId: null, code, detail: message };
}

function errorOf({ code, detail, year, isProgramme147, amountCents, requestedCents }: RefusedLine): BievreError {
  const { acts, states } = FUNDING_LINE_WORDS;
  switch (code) {
    case 'AMOUNT_ABOVE_REQUEST':
      return new AmountAboveRequest(amountCents, requestedCents);
    case 'DOSSIER_NOT_ADMISSIBLE':
      return new DossierNotAdmissible(detail);
    case 'ENVELOPE_MISSING':
      return new EnvelopeMissing();
    case 'WRONG_ENVELOPE':
      return new WrongEnvelope(detail, year);
    case 'OUTSIDE_SUB_ENVELOPE':
      return new OutsideSubEnvelope();
    case 'ENVELOPE_CLOSED':
      return new EnvelopeClosed();
    case 'HELD_BY_CPO':
      return new HeldByCpo();
    default:
      return new ActNotAllowed(acts[isProgramme147 ? 'propose' : 'take-off-agenda'], states[detail as FundingLineState]);
  }
}
