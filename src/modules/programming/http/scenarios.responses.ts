import { toJson, type Money } from '../../../kernel/money.js';
import { Cents, Flag, Instant, Nested, NestedList, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import {
  basisPoints,
  leftOf,
  overflowOf,
  reachesHalf,
  type EnvelopeTotal,
  type ScenarioRefusal,
  type ScenarioTotals,
  type Share,
  type TotalRow,
} from '../domain/scenario-totals.js';
import type { PlannedLine, Scenario } from '../domain/scenario.js';
import type { SpreadResult } from '../use-cases/spread-remainder.js';

const MOST = 2_147_483_647;

export class ScenarioResponse {
  @Uuid() id!: string;
  @WholeNumber({ min: 1, max: MOST }) version!: number;
  @Uuid() committeeId!: string;
  @Text({ max: 200 }) name!: string;
  @Instant() createdAt!: string;
  @Instant({ nullable: true, description: 'Quand la séance l’a adopté' }) adoptedAt!: string | null;
}

export class ScenarioAmountResponse {
  @Uuid() id!: string;
  @WholeNumber({ min: 1, max: MOST }) position!: number;
  @Uuid() organisationId!: string;
  @Cents() requestedCents!: number;
  @Cents({ nullable: true, description: 'Nul : pas encore regardée' }) amountCents!: number | null;
  @Uuid({ nullable: true }) envelopeId!: string | null;
}

export class SpreadResponse extends ScenarioResponse {
  @Cents({ description: 'Réparti' }) spreadCents!: number;
  @Cents({ description: 'Ce qui n’a trouvé aucune ligne à compléter' }) leftCents!: number;
  @WholeNumber({ min: 0, max: MOST, description: 'Lignes augmentées' }) raised!: number;
}

export class TotalRowResponse {
  @Text({ max: 100 }) code!: string;
  @Text({ max: 300 }) name!: string;
  @WholeNumber({ min: 0, max: MOST }) lines!: number;
  @Cents() requestedCents!: number;
  @Cents() amountCents!: number;
  @Cents({ description: 'Part du montant que d’autres lignes de ce tableau comptent aussi : leur somme dépasse le total d’autant' })
  sharedCents!: number;
}

export class EnvelopeTotalResponse {
  @Uuid() envelopeId!: string;
  @Text({ max: 100 }) programme!: string;
  @Text({ max: 100 }) funderCode!: string;
  @WholeNumber({ min: 2024, max: 2100 }) year!: number;
  @Text({ max: 3, nullable: true }) departmentCode!: string | null;
  @WholeNumber({ min: 0, max: MOST }) lines!: number;
  @Cents({ description: 'Disponible pour ces lignes, ce qu’elles retiennent déjà compris' }) availableCents!: number;
  @Cents() amountCents!: number;
  @Cents({ description: 'Ce qui resterait' }) leftCents!: number;
  @Cents({ description: 'Ce qui dépasserait' }) overflowCents!: number;
}

export class AgreementShareResponse {
  @WholeNumber({ min: 0, max: MOST }) multiYear!: number;
  @WholeNumber({ min: 0, max: MOST }) total!: number;
  @WholeNumber({ min: 0, max: 10_000, nullable: true, description: 'Pour dix mille' }) basisPoints!: number | null;
  @Flag({ description: 'Au moins la moitié' }) reachesHalf!: boolean;
}

export class ScenarioMoneyShareResponse {
  @Cents() multiYearCents!: number;
  @Cents() totalCents!: number;
  @WholeNumber({ min: 0, max: 10_000, nullable: true, description: 'Pour dix mille' }) basisPoints!: number | null;
  @Flag({ description: 'Au moins la moitié' }) reachesHalf!: boolean;
}

export class ScenarioCpoShareResponse {
  @Nested(() => AgreementShareResponse, {
    description: 'Part des conventions à passer (une par structure, financeur et durée) qui sont pluriannuelles',
  })
  agreements!: AgreementShareResponse;
  @Nested(() => ScenarioMoneyShareResponse, { description: 'Part de l’argent du programme 147 qui va à des conventions pluriannuelles' })
  p147Money!: ScenarioMoneyShareResponse;
}

export class ScenarioRefusalResponse {
  @Uuid({ nullable: true }) lineId!: string | null;
  @Uuid({ nullable: true }) envelopeId!: string | null;
  @Text({ max: 100 }) code!: string;
  @Text({ max: 1000 }) detail!: string;
}

export class ScenarioSumsResponse {
  @WholeNumber({ min: 0, max: MOST }) lines!: number;
  @WholeNumber({ min: 0, max: MOST, description: 'Avec un montant' }) funded!: number;
  @WholeNumber({ min: 0, max: MOST, description: 'À zéro' }) unfunded!: number;
  @WholeNumber({ min: 0, max: MOST, description: 'Pas encore regardées' }) undecided!: number;
  @Cents() requestedCents!: number;
  @Cents({ description: 'Chaque ligne une fois' }) amountCents!: number;
  @NestedList(() => EnvelopeTotalResponse, { max: 1000 }) envelopes!: EnvelopeTotalResponse[];
  @NestedList(() => TotalRowResponse, { max: 1000 }) orientations!: TotalRowResponse[];
  @NestedList(() => TotalRowResponse, { max: 1000, description: 'Un quartier partagé par des communes y est une fois' })
  qpv!: TotalRowResponse[];
  @NestedList(() => TotalRowResponse, { max: 1000 }) communes!: TotalRowResponse[];
  @NestedList(() => TotalRowResponse, { max: 1000 }) sectors!: TotalRowResponse[];
  @NestedList(() => TotalRowResponse, { max: 1000 }) funders!: TotalRowResponse[];
  @Nested(() => ScenarioCpoShareResponse) cpo!: ScenarioCpoShareResponse;
}

export class ScenarioTotalsResponse extends ScenarioSumsResponse {
  @Uuid() scenarioId!: string;
  @WholeNumber({ min: 1, max: MOST }) version!: number;
  @NestedList(() => ScenarioRefusalResponse, { max: 5000, description: 'Ce que l’application refuserait, et pourquoi' })
  refusals!: ScenarioRefusalResponse[];
}

export const toScenarioResponse = ({ createdAt, adoptedAt, ...scenario }: Scenario): ScenarioResponse => ({
  ...scenario,
  createdAt: createdAt.toISOString(),
  adoptedAt: adoptedAt?.toISOString() ?? null,
});

export function toScenarioAmountResponse({ lineId, requestedCents, amountCents, ...line }: PlannedLine): ScenarioAmountResponse {
  return { ...line, id: lineId, requestedCents: toJson(requestedCents), amountCents: jsonOrNull(amountCents) };
}

export function toSpreadResponse({ scenario, spread, raised }: SpreadResult): SpreadResponse {
  return { ...toScenarioResponse(scenario), spreadCents: toJson(spread.spreadCents), leftCents: toJson(spread.leftCents), raised };
}

export function toTotalsResponse(read: {
  readonly scenario: Scenario;
  readonly totals: ScenarioTotals;
  readonly refusals: readonly ScenarioRefusal[];
}): ScenarioTotalsResponse {
  const { scenario, totals, refusals } = read;
  return { scenarioId: scenario.id, version: scenario.version, ...toSumsResponse(totals), refusals: [...refusals] };
}

export function toSumsResponse({ by, cpo, envelopes, requestedCents, amountCents, ...counts }: ScenarioTotals): ScenarioSumsResponse {
  return {
    ...counts,
    requestedCents: toJson(requestedCents),
    amountCents: toJson(amountCents),
    envelopes: envelopes.map(toEnvelopeResponse),
    orientations: by.orientation.map(toRowResponse),
    qpv: by.qpv.map(toRowResponse),
    communes: by.commune.map(toRowResponse),
    sectors: by.sector.map(toRowResponse),
    funders: by.funder.map(toRowResponse),
    cpo: { agreements: toAgreementShare(cpo.agreements), p147Money: toMoneyShare(cpo.p147Money) },
  };
}

function toRowResponse({ code, name, lines, requestedCents, amountCents, sharedCents }: TotalRow): TotalRowResponse {
  return { code, name, lines, requestedCents: toJson(requestedCents), amountCents: toJson(amountCents), sharedCents: toJson(sharedCents) };
}

function toEnvelopeResponse(envelope: EnvelopeTotal): EnvelopeTotalResponse {
  const { envelopeId, programme, funderCode, year, departmentCode, lines, availableCents, amountCents } = envelope;
  return {
    ...{ envelopeId, programme, funderCode, year, departmentCode, lines },
    availableCents: toJson(availableCents),
    amountCents: toJson(amountCents),
    leftCents: toJson(leftOf(envelope)),
    overflowCents: toJson(overflowOf(envelope)),
  };
}

const toAgreementShare = (share: Share): AgreementShareResponse => ({
  multiYear: Number(share.part),
  total: Number(share.whole),
  basisPoints: basisPoints(share),
  reachesHalf: reachesHalf(share),
});

const toMoneyShare = (share: Share): ScenarioMoneyShareResponse => ({
  multiYearCents: toJson(share.part),
  totalCents: toJson(share.whole),
  basisPoints: basisPoints(share),
  reachesHalf: reachesHalf(share),
});

export const jsonOrNull = (amount: Money | null): number | null => (amount === null ? null : toJson(amount));
