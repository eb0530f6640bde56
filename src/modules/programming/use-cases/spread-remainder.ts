import { Injectable } from '@nestjs/common';
import { cents, ZERO, type Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Recused } from '../../../platform/auth/authorizer.js';
import type { Query } from '../../../platform/database/query.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { available, FundingLines } from '../../funding/index.js';
import { LinesUnknown } from '../domain/committee.errors.js';
import { spread, type Spread, type SpreadMethod } from '../domain/scenario-spread.js';
import { NothingToSpread, SpreadIncomplete, UnknownEnvelope } from '../domain/scenario.errors.js';
import type { PlannedLine, Scenario, ScenarioAmount } from '../domain/scenario.js';
import { ScenarioRepository } from '../persistence/scenario.repository.js';
import { recusedOrganisations } from './committee-rights.js';
import { ScenarioDesk, type ScenarioCommand } from './scenario-desk.js';

export interface SpreadRemainderCommand extends ScenarioCommand {
  readonly method: SpreadMethod;
  /** Absent: all that the envelope has left for this scenario. */
  readonly amountCents?: Money;
  /** What the amounts are paid from; only the lines that it pays take part. */
  readonly envelopeId?: string;
  readonly capPercent?: number;
  /** Only these lines, in this order. Absent: those of the agenda, but for the ones the scenario gives nothing on purpose. */
  readonly order?: readonly string[];
}

export interface SpreadResult {
  readonly scenario: Scenario;
  readonly spread: Pick<Spread, 'spreadCents' | 'leftCents'>;
  /** How many lines got more. */
  readonly raised: number;
}

/** Gives what is left to the lines that still ask for more, exact to the cent. */
@Injectable()
export class SpreadRemainder {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: ScenarioDesk,
    private readonly scenarios: ScenarioRepository,
    private readonly lines: FundingLines,
  ) {}

  /** @throws NotFound, Forbidden, Recused, StaleVersion, ActNotAllowed, ScenarioAlreadyAdopted, SpreadIncomplete, NothingToSpread, LinesUnknown */
  execute({ method, amountCents, capPercent, order, ...command }: SpreadRemainderCommand, actor: Actor): Promise<SpreadResult> {
    const envelopeId = command.envelopeId ?? null;
    return this.work.run(actor, async (tx) => {
      const { scenario, committee } = await this.desk.open(tx, command, actor, 'write-scenario');
      if (method === 'capped' && capPercent === undefined)
        throw new SpreadIncomplete('/capPercent', 'Dites le plafond, en pour cent de la demande.');
      const all = await this.scenarios.lines(tx.query, scenario.id, envelopeId);
      const remainderCents = amountCents ?? (await this.remainder(tx.query, scenario.id, envelopeId, all));
      const taking = partakers(all, order);
      const recusedFrom = recusedOrganisations(actor, committee);
      if (taking.some(({ organisationId }) => recusedFrom.has(organisationId))) throw new Recused();
      const { amounts, ...result } = spread(
        taking.map(({ lineId, requestedCents, amountCents: given }) => ({ lineId, requestedCents, amountCents: given ?? ZERO })),
        { method, remainderCents, ...(capPercent === undefined ? {} : { capPercent }) },
      );
      const raised = amounts.flatMap((after, index) => raisedLine(taking[index], after, envelopeId));
      this.scenarios.setAmounts(tx, scenario, raised);
      tx.audit('scenario.remainder-spread', { type: 'scenario', id: scenario.id }, null, {
        method,
        remainderCents,
        envelopeId,
        amounts: raised,
      });
      return { scenario: { ...scenario, version: scenario.version + 1 }, spread: result, raised: raised.length };
    });
  }

  /** @throws SpreadIncomplete, UnknownEnvelope, NothingToSpread */
  private async remainder(query: Query, scenarioId: string, envelopeId: string | null, lines: readonly PlannedLine[]): Promise<Money> {
    if (envelopeId === null)
      throw new SpreadIncomplete('/amountCents', 'Dites le montant à répartir, ou l’enveloppe dont le reste se répartit.');
    const envelope = (await this.lines.envelopes(query, [envelopeId])).get(envelopeId);
    if (!envelope) throw new UnknownEnvelope('/envelopeId');
    const held = await this.scenarios.heldIn(query, scenarioId, envelopeId);
    const planned = lines.reduce((sum, line) => (line.envelopeId === envelopeId ? sum + (line.amountCents ?? ZERO) : sum), 0n);
    const left = available(envelope) + held - planned;
    if (left <= 0n) throw new NothingToSpread(left);
    return cents(left);
  }
}

/** @throws LinesUnknown */
function partakers(lines: readonly PlannedLine[], order: readonly string[] | undefined): readonly PlannedLine[] {
  // Zero is a choice: the line gets nothing unless it is named.
  if (!order) return lines.filter(({ amountCents }) => amountCents !== ZERO);
  const known = new Map(lines.map((line) => [line.lineId, line]));
  const unknown = order.flatMap((lineId, index) => (known.has(lineId) ? [] : [`/order/${index}`]));
  if (unknown.length > 0) throw new LinesUnknown(unknown);
  return order.flatMap((lineId) => known.get(lineId) ?? []);
}

function raisedLine(
  before: PlannedLine | undefined,
  after: { lineId: string; amountCents: Money },
  envelopeId: string | null,
): ScenarioAmount[] {
  if (!before || after.amountCents === (before.amountCents ?? ZERO)) return [];
  return [{ ...after, envelopeId: before.envelopeId ?? envelopeId }];
}
