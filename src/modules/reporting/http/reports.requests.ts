import { cents } from '../../../kernel/money.js';
import {
  CalendarDay,
  Cents,
  CountsByKey,
  Flag,
  Nested,
  NestedList,
  OneOf,
  Scalar,
  Text,
  TextList,
  Uuid,
  WholeNumber,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import type { RealisedRow, RealisedRows } from '../domain/financial-report.js';
import type { ContentChange } from '../domain/report-content.js';
import {
  REPORT_KINDS,
  REVIEW_DECISIONS,
  type BeneficiariesAchieved,
  type IndicatorValue,
  type ReportKind,
  type ReviewDecision,
} from '../domain/report.js';

const COUNT = { min: 0, max: 10_000_000 } as const;
const MAYBE = { optional: true, nullable: true } as const;
const LONG = { max: 20_000, min: 0, optional: true } as const;
export const YEAR = { min: 2024, max: 2100 } as const;

export class StartReportRequest {
  @WholeNumber(YEAR) year!: number;
  @OneOf(REPORT_KINDS, { description: 'interim : l’action continue l’année suivante ; final : ce qui n’est pas dépensé se reverse' })
  kind!: ReportKind;
}

export class BeneficiariesAchievedFields {
  @WholeNumber({ ...COUNT, example: 38 }) total!: number;
  @WholeNumber({ ...COUNT, ...MAYBE }) women?: number | null;
  @WholeNumber({ ...COUNT, ...MAYBE }) men?: number | null;
  @WholeNumber({ ...COUNT, ...MAYBE, description: 'Habitants des quartiers prioritaires' }) fromQpv?: number | null;
  @CountsByKey({ maxKeys: 20, max: COUNT.max, ...MAYBE, description: 'Par tranche d’âge' }) byAge?: Record<string, number> | null;
  @CountsByKey({ maxKeys: 50, max: COUNT.max, ...MAYBE, description: 'Par quartier' }) byQpv?: Record<string, number> | null;
}

export class RealisedIndicatorFields {
  @Text({ max: 300, description: 'Libellé de l’indicateur, tel que le dossier l’a fixé' }) label!: string;
  @Scalar({ max: 500, ...MAYBE, description: 'Valeur atteinte, du type de l’indicateur' }) realised?: IndicatorValue | null;
  @Text({ max: 2000, min: 0, ...MAYBE }) comment?: string | null;
}

/** What is left out stays as it is. */
export class ChangeReportRequest {
  @Text({ ...LONG, description: 'Ce qui a été mis en œuvre' }) carriedOut?: string;
  @Text({ ...LONG, description: 'Objectifs atteints, au regard des indicateurs' }) objectivesMet?: string;
  @TextList({ max: 50, each: 200, optional: true, description: 'Lieux' }) places?: string[];
  @CalendarDay(MAYBE) startedOn?: string | null;
  @CalendarDay(MAYBE) endedOn?: string | null;
  @Nested(() => BeneficiariesAchievedFields, MAYBE) beneficiaries?: BeneficiariesAchievedFields | null;
  @NestedList(() => RealisedIndicatorFields, { max: 50, optional: true }) indicators?: RealisedIndicatorFields[];
  @Text({ ...LONG, description: 'Règle de répartition des charges indirectes' }) sharingRule?: string;
  @Text(LONG) observations?: string;
}

export class RealisedChargeRequest {
  @Text({ max: 30, description: 'Compte', example: '606' }) account!: string;
  @Text({ max: 300, min: 0, ...MAYBE }) label?: string | null;
  @Cents({ example: 118_000 }) realisedCents!: number;
  @Text({ max: 2000, min: 0, ...MAYBE, description: 'Explication de l’écart' }) explanation?: string | null;
}

export class RealisedProductRequest extends RealisedChargeRequest {
  @Uuid({ ...MAYBE, description: 'Financeur, sur une ligne 74' }) funderId?: string | null;
  @Text({ max: 300, min: 0, ...MAYBE }) scheme?: string | null;
}

export class FinancialRequest {
  @NestedList(() => RealisedChargeRequest, { max: 200 }) charges!: RealisedChargeRequest[];
  @NestedList(() => RealisedProductRequest, { max: 200 }) products!: RealisedProductRequest[];
}

export class SubmitReportRequest {
  @Flag({ description: 'Le signataire atteste que le bilan est exact et sincère' }) exactness!: boolean;
}

export class ReviewReportRequest {
  @Uuid() fundingLineId!: string;
  @OneOf(REVIEW_DECISIONS) decision!: ReviewDecision;
  @Text({ max: 2000, ...MAYBE, description: 'Obligatoire pour demander une correction' }) reason?: string | null;
}

export class ReportsDueQuery extends ListQuery {
  @WholeNumber({ ...YEAR, optional: true, query: true }) year?: number;
  @Uuid({ optional: true }) callId?: string;
  @Uuid({ optional: true }) funderId?: string;
  @Uuid({ optional: true }) organisationId?: string;
  @Flag({ optional: true, query: true, description: 'Vrai : en retard seulement ; faux : pas encore dus' }) overdue?: boolean;
}

export function toContentChange({ beneficiaries, indicators, ...body }: ChangeReportRequest): ContentChange {
  const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as ContentChange;
  return {
    ...said,
    ...(beneficiaries === undefined ? {} : { beneficiaries: beneficiaries && toBeneficiaries(beneficiaries) }),
    ...(indicators === undefined
      ? {}
      : { indicators: indicators.map(({ label, realised = null, comment }) => ({ label, realised, comment: orNull(comment) })) }),
  };
}

function toBeneficiaries({
  total,
  women = null,
  men = null,
  fromQpv = null,
  byAge,
  byQpv,
}: BeneficiariesAchievedFields): BeneficiariesAchieved {
  return { total, women, men, fromQpv, byAge: byAge ? { ...byAge } : null, byQpv: byQpv ? { ...byQpv } : null };
}

export function toRealisedRows({ charges, products }: FinancialRequest): RealisedRows {
  return { charges: charges.map(toRealisedRow), products: products.map(toRealisedRow) };
}

const toRealisedRow = ({ account, label, realisedCents, explanation, funderId, scheme }: RealisedProductRequest): RealisedRow => ({
  account,
  label: orNull(label),
  funderId: funderId?.toLowerCase() ?? null,
  scheme: orNull(scheme),
  realisedCents: cents(realisedCents),
  explanation: orNull(explanation),
});

const orNull = (text: string | null | undefined): string | null => (text === undefined || text === '' ? null : text);
