import { Injectable } from '@nestjs/common';
import { cents, type Money } from '../../../kernel/money.js';
import type { Query } from '../../../platform/database/query.js';
import {
  TOTAL_DIMENSIONS,
  type EnvelopeTotal,
  type ScenarioTotals,
  type TotalDimension,
  type TotalRow,
} from '../domain/scenario-totals.js';
import { SCENARIO_TOTALS, type TotalsRow } from './scenario-totals.sql.js';

/** A line that applying the scenario would refuse, with what the refusal speaks of. */
export interface RefusedLine {
  readonly lineId: string;
  readonly organisationId: string | null;
  readonly code: string;
  /** The state, the dossier's number or the funder's name, as the code has it. */
  readonly detail: string;
  readonly year: number;
  readonly isProgramme147: boolean;
  readonly amountCents: Money;
  readonly requestedCents: Money;
}

/** From which states the amounts of a scenario can be carried out. */
export interface CarriedFrom {
  readonly proposed: readonly string[];
  readonly advised: readonly string[];
}

@Injectable()
export class ScenarioTotalsRepository {
  async read(query: Query, scenarioId: string, from: CarriedFrom): Promise<{ totals: ScenarioTotals; refused: readonly RefusedLine[] }> {
    const rows = await query<TotalsRow>(SCENARIO_TOTALS, [scenarioId, from.proposed, from.advised]);
    const of = (dimension: string) => rows.filter((row) => row.dimension === dimension);
    const [all] = of('all');
    const [cpo] = of('cpo');
    if (!all || !cpo) throw new Error('a sum over nothing is still a row');
    const totals: ScenarioTotals = {
      lines: Number(all.lines),
      funded: Number(all.a),
      unfunded: Number(all.b),
      undecided: Number(all.c),
      requestedCents: cents(all.requested),
      amountCents: cents(all.amount),
      envelopes: of('envelope').map(toEnvelope),
      by: Object.fromEntries(TOTAL_DIMENSIONS.map((each) => [each, of(each).map(toTotal)])) as Record<TotalDimension, TotalRow[]>,
      cpo: { agreements: { part: cpo.a, whole: cpo.b }, p147Money: { part: cpo.c, whole: cpo.d } },
    };
    return { totals, refused: of('refusal').map(toRefused) };
  }
}

function toTotal({ code, name, lines, requested, amount, a }: TotalsRow): TotalRow {
  return { code, name, lines: Number(lines), requestedCents: cents(requested), amountCents: cents(amount), sharedCents: cents(a) };
}

/** What the lines of the session hold already is theirs to be proposed again. */
function toEnvelope({
  code,
  name,
  detail,
  lines,
  requested: held,
  amount,
  a: ae,
  b: cp,
  c: used,
  year,
  department,
}: TotalsRow): EnvelopeTotal {
  return {
    envelopeId: code,
    programme: name,
    funderCode: detail ?? '',
    year: year ?? 0,
    departmentCode: department,
    lines: Number(lines),
    amountCents: cents(amount),
    availableCents: cents((ae < cp ? ae : cp) - used + held),
    limitedBy: ae === cp ? null : ae < cp ? 'AE' : 'CP',
  };
}

function toRefused({ code, name, detail, owner, requested, amount, a, year }: TotalsRow): RefusedLine {
  return {
    ...{ lineId: name, organisationId: owner, code, detail: detail ?? '', year: year ?? 0, isProgramme147: a === 1n },
    amountCents: cents(amount),
    requestedCents: cents(requested),
  };
}
