import { toJson } from '../../../kernel/money.js';
import { CalendarDay, Cents, Flag, Instant, Nested, NestedList, Text, TextList, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { CROSS_CUTTING_TAGS } from '../domain/action.js';
import type { BudgetGaps, BudgetTotals, BudgetViolation } from '../domain/budget-check.js';
import type { ActionView, BudgetView, LineView } from '../use-cases/content.views.js';
import { BeneficiariesFields, IndicatorFields, MeansFields } from './action.requests.js';
import { ChargeRowRequest, ProductRowRequest } from './budget.requests.js';

const VERSION = { min: 1, max: 2_147_483_647 } as const;
const SIGNED = { min: -99_999_999_999_999 } as const;

export class BudgetTotalsResponse {
  @Cents({ description: 'Charges hors 86' }) chargesCents!: number;
  @Cents({ description: 'Produits hors 87' }) productsCents!: number;
  @Cents({ description: 'Compte 86' }) voluntaryChargesCents!: number;
  @Cents({ description: 'Compte 87' }) voluntaryProductsCents!: number;
  @Cents({ description: 'Demandé aux financeurs (lignes 74 qui en nomment un)' }) requestedCents!: number;
  @Cents({ description: 'Argent public : 73 et 74, moins les financeurs privés' }) publicMoneyCents!: number;
  @WholeNumber({ min: 0, max: 2_147_483_647, description: 'Argent public ÷ produits hors 87, en centièmes de pour cent' })
  publicMoneyBasisPoints!: number;
}

export class BudgetGapsResponse {
  @Cents({ ...SIGNED, description: 'Charges moins produits' }) chargesMinusProductsCents!: number;
  @Cents({ ...SIGNED, description: 'Compte 86 moins compte 87' }) voluntaryChargesMinusProductsCents!: number;
}

export class BudgetViolationResponse {
  @Text({ max: 100 }) code!: string;
  @Text({ max: 1000 }) detail!: string;
  @Cents(SIGNED) leftCents!: number;
  @Cents(SIGNED) rightCents!: number;
  @Cents({ ...SIGNED, description: 'Gauche moins droite' }) gapCents!: number;
}

export class FundingLineResponse {
  @Uuid() id!: string;
  @Uuid() funderId!: string;
  @Text({ max: 300, nullable: true }) scheme!: string | null;
  @WholeNumber({ min: 2024, max: 2100 }) year!: number;
  @Cents() requestedCents!: number;
  @Cents({ nullable: true, description: 'Absent tant que la décision n’est pas annoncée' }) grantedCents!: number | null;
  @Text({ max: 50, description: 'Pour la structure : l’état public ; pour qui instruit ou décide : l’état interne' }) status!: string;
  @Text({ max: 10_000, nullable: true, description: 'Motif de la décision, une fois annoncée' }) decisionReason!: string | null;
  @Instant({ nullable: true, description: 'Quand la décision a été annoncée' }) announcedAt!: string | null;
}

export class BudgetResponse {
  @Uuid() id!: string;
  @Uuid() actionId!: string;
  @WholeNumber({ min: 2024, max: 2100 }) year!: number;
  @WholeNumber(VERSION) version!: number;
  @WholeNumber({ ...VERSION, description: 'Version du dossier après cet acte' }) dossierVersion!: number;
  @NestedList(() => ChargeRowRequest, { max: 200 }) charges!: ChargeRowRequest[];
  @NestedList(() => ProductRowRequest, { max: 200 }) products!: ProductRowRequest[];
  @Nested(() => BudgetTotalsResponse) totals!: BudgetTotalsResponse;
  @Nested(() => BudgetGapsResponse) gaps!: BudgetGapsResponse;
  @NestedList(() => BudgetViolationResponse, { max: 20 }) violations!: BudgetViolationResponse[];
  @NestedList(() => FundingLineResponse, { max: 200 }) fundingLines!: FundingLineResponse[];
}

export class ActionResponse {
  @Uuid() id!: string;
  @Uuid() dossierId!: string;
  @WholeNumber(VERSION) version!: number;
  @WholeNumber({ ...VERSION, description: 'Version du dossier après cet acte' }) dossierVersion!: number;
  @Text({ max: 300 }) title!: string;
  @Text({ max: 10_000, min: 0 }) objectives!: string;
  @Text({ max: 10_000, min: 0 }) description!: string;
  @Text({ max: 100 }) orientationCode!: string;
  @TextList({ max: 30, each: 100 }) objectiveCodes!: readonly string[];
  @TextList({ max: 8, each: 100 }) secondaryOrientationCodes!: readonly string[];
  @TextList({ max: 5, each: 50, oneOf: CROSS_CUTTING_TAGS }) crossCuttingTags!: readonly string[];
  @TextList({ max: 50, each: 100 }) qpv!: readonly string[];
  @TextList({ max: 30, each: 5 }) communes!: readonly string[];
  @Uuid({ nullable: true }) pocketId!: string | null;
  @CalendarDay() startsOn!: string;
  @CalendarDay() endsOn!: string;
  @Flag() multiYear!: boolean;
  @Flag() renewed!: boolean;
  @TextList({ max: 50, each: 200 }) places!: readonly string[];
  @TextList({ max: 50, each: 200 }) partners!: readonly string[];
  @Nested(() => MeansFields, { nullable: true }) means!: MeansFields | null;
  @Nested(() => BeneficiariesFields, { nullable: true }) beneficiaries!: BeneficiariesFields | null;
  @NestedList(() => IndicatorFields, { max: 50 }) indicators!: readonly IndicatorFields[];
  @NestedList(() => BudgetResponse, { max: 10 }) budgets!: BudgetResponse[];
}

export function toActionResponse({ position: _position, budgets, beneficiaries, ...action }: ActionView): ActionResponse {
  const counts = beneficiaries && { ...beneficiaries, byAge: beneficiaries.byAge ? { ...beneficiaries.byAge } : null };
  return { ...action, beneficiaries: counts, budgets: budgets.map(toBudgetResponse) };
}

export function toBudgetResponse({ budget, check, fundingLines, ...stored }: BudgetView): BudgetResponse {
  return {
    ...stored,
    charges: budget.charges.map(({ account, label = null, amountCents }) => ({ account, label, amountCents: toJson(amountCents) })),
    products: budget.products.map(({ account, label = null, amountCents, funderId = null, scheme = null }) => ({
      account,
      label,
      amountCents: toJson(amountCents),
      funderId,
      scheme,
    })),
    totals: toTotals(check.totals),
    gaps: toGaps(check.gaps),
    violations: check.violations.map(toViolation),
    fundingLines: fundingLines.map(toLine),
  };
}

const toTotals = (totals: BudgetTotals): BudgetTotalsResponse => ({
  chargesCents: toJson(totals.chargesCents),
  productsCents: toJson(totals.productsCents),
  voluntaryChargesCents: toJson(totals.voluntaryChargesCents),
  voluntaryProductsCents: toJson(totals.voluntaryProductsCents),
  requestedCents: toJson(totals.requestedCents),
  publicMoneyCents: toJson(totals.publicMoneyCents),
  publicMoneyBasisPoints: totals.publicMoneyBasisPoints,
});

const toGaps = (gaps: BudgetGaps): BudgetGapsResponse => ({
  chargesMinusProductsCents: toJson(gaps.chargesMinusProductsCents),
  voluntaryChargesMinusProductsCents: toJson(gaps.voluntaryChargesMinusProductsCents),
});

const toViolation = ({ code, detail, leftCents, rightCents, gapCents }: BudgetViolation): BudgetViolationResponse => ({
  code,
  detail,
  leftCents: toJson(leftCents),
  rightCents: toJson(rightCents),
  gapCents: toJson(gapCents),
});

const toLine = ({ requestedCents, grantedCents, announcedAt, ...line }: LineView): FundingLineResponse => ({
  ...line,
  announcedAt: announcedAt?.toISOString() ?? null,
  requestedCents: toJson(requestedCents),
  grantedCents: grantedCents === null ? null : toJson(grantedCents),
});
