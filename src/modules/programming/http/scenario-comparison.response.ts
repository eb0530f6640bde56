import { toJson } from '../../../kernel/money.js';
import { Nested, NestedList, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { TOTAL_DIMENSIONS, type ScenarioTotals, type TotalRow } from '../domain/scenario-totals.js';
import type { ComparedScenarios } from '../use-cases/scenario.queries.js';
import { jsonOrNull, ScenarioResponse, ScenarioSumsResponse, toScenarioResponse, toSumsResponse } from './scenarios.responses.js';

const MOST_CENTS = Number.MAX_SAFE_INTEGER;
const Signed = (description: string) => WholeNumber({ min: -MOST_CENTS, max: MOST_CENTS, description });

export class DifferingLineResponse {
  @Uuid() lineId!: string;
  @WholeNumber({ min: 0, max: MOST_CENTS, nullable: true }) leftCents!: number | null;
  @WholeNumber({ min: 0, max: MOST_CENTS, nullable: true }) rightCents!: number | null;
  @Signed('Le second moins le premier') differenceCents!: number;
}

export class DifferingTotalResponse {
  @Text({ max: 50, description: 'envelope, orientation, qpv, commune, sector ou funder' }) dimension!: string;
  @Text({ max: 100 }) code!: string;
  @Text({ max: 300 }) name!: string;
  @WholeNumber({ min: 0, max: MOST_CENTS }) leftCents!: number;
  @WholeNumber({ min: 0, max: MOST_CENTS }) rightCents!: number;
  @Signed('Le second moins le premier') differenceCents!: number;
}

export class ComparedScenarioResponse {
  @Nested(() => ScenarioResponse) scenario!: ScenarioResponse;
  @Nested(() => ScenarioSumsResponse) totals!: ScenarioSumsResponse;
}

export class ScenarioComparisonResponse {
  @Nested(() => ComparedScenarioResponse) left!: ComparedScenarioResponse;
  @Nested(() => ComparedScenarioResponse) right!: ComparedScenarioResponse;
  @Signed('Le second moins le premier') differenceCents!: number;
  @NestedList(() => DifferingTotalResponse, { max: 5000, description: 'Les totaux qui diffèrent' }) totals!: DifferingTotalResponse[];
  @NestedList(() => DifferingLineResponse, { max: 5000, description: 'Les lignes qui diffèrent' }) lines!: DifferingLineResponse[];
}

type Row = Pick<TotalRow, 'code' | 'name' | 'amountCents'>;

export function toComparisonResponse({ left, right, lines }: ComparedScenarios): ScenarioComparisonResponse {
  return {
    left: { scenario: toScenarioResponse(left.scenario), totals: toSumsResponse(left.totals) },
    right: { scenario: toScenarioResponse(right.scenario), totals: toSumsResponse(right.totals) },
    differenceCents: toJson(right.totals.amountCents - left.totals.amountCents),
    totals: [
      ...differing('envelope', envelopeRows(left.totals), envelopeRows(right.totals)),
      ...TOTAL_DIMENSIONS.flatMap((dimension) => differing(dimension, left.totals.by[dimension], right.totals.by[dimension])),
    ],
    lines: lines.map(({ lineId, leftCents, rightCents }) => ({
      lineId,
      leftCents: jsonOrNull(leftCents),
      rightCents: jsonOrNull(rightCents),
      differenceCents: toJson((rightCents ?? 0n) - (leftCents ?? 0n)),
    })),
  };
}

const envelopeRows = ({ envelopes }: ScenarioTotals): readonly Row[] =>
  envelopes.map(({ envelopeId, programme, amountCents }) => ({ code: envelopeId, name: programme, amountCents }));

/** An envelope that only one of them draws on is nothing for the other. */
function differing(dimension: string, left: readonly Row[], right: readonly Row[]): DifferingTotalResponse[] {
  const names = new Map([...left, ...right].map(({ code, name }) => [code, name]));
  const amountIn = (rows: readonly Row[]) => new Map(rows.map(({ code, amountCents }) => [code, amountCents]));
  const [before, after] = [amountIn(left), amountIn(right)];
  return [...names].flatMap(([code, name]) => {
    const [a, b] = [before.get(code) ?? 0n, after.get(code) ?? 0n];
    return a === b ? [] : [{ dimension, code, name, leftCents: toJson(a), rightCents: toJson(b), differenceCents: toJson(b - a) }];
  });
}
