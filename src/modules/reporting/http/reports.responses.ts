import { toJson } from '../../../kernel/money.js';
import {
  CalendarDay,
  Cents,
  Flag,
  Instant,
  Nested,
  NestedList,
  OneOf,
  Scalar,
  Text,
  TextList,
  Uuid,
  WholeNumber,
} from '../../../platform/http/fields.js';
import type { ReportViolation } from '../domain/completeness.js';
import type { ReportDue } from '../domain/obligation.js';
import { REPORT_KINDS, REVIEW_DECISIONS, type IndicatorValue, type ReportedIndicator } from '../domain/report.js';
import { REPORT_STATES } from '../domain/report.transitions.js';
import type { ReportedLineView, ReportView, RowView } from '../use-cases/report-reader.js';
import { BeneficiariesAchievedFields, YEAR } from './reports.requests.js';

const VERSION = { min: 1, max: 2_147_483_647 } as const;
const SIGNED = { min: -99_999_999_999_999 } as const;

export class FinancialRowResponse {
  @Text({ max: 30 }) account!: string;
  @Text({ max: 300, nullable: true }) label!: string | null;
  @Text({ max: 600, description: 'Compte et libellé, en clair' }) name!: string;
  @Uuid({ nullable: true }) funderId!: string | null;
  @Text({ max: 300, nullable: true }) scheme!: string | null;
  @Flag({ description: 'Faux : le budget ne prévoyait pas cette ligne' }) planned!: boolean;
  @Flag({ description: 'Contribution en nature (86, 87), hors des totaux' }) inKind!: boolean;
  @Cents({ description: 'Zéro pour une ligne qui n’était pas prévue' }) plannedCents!: number;
  @Cents({ nullable: true, description: 'Absent : à remplir' }) realisedCents!: number | null;
  @Cents({ ...SIGNED, nullable: true, description: 'Réalisé moins prévu' }) gapCents!: number | null;
  @WholeNumber({
    min: -9_007_199_254_740_991,
    max: 9_007_199_254_740_991,
    nullable: true,
    description: 'L’écart ÷ le prévu, en centièmes de pour cent',
  })
  gapBasisPoints!: number | null;
  @Flag({ description: 'L’écart est de ceux qui s’expliquent' }) toExplain!: boolean;
  @Text({ max: 2000, nullable: true }) explanation!: string | null;
}

export class FinancialTotalsResponse {
  @Cents({ description: 'Charges prévues, hors 86' }) plannedChargesCents!: number;
  @Cents() realisedChargesCents!: number;
  @Cents({ description: 'Produits prévus, hors 87' }) plannedProductsCents!: number;
  @Cents() realisedProductsCents!: number;
  @Cents({ ...SIGNED, description: 'Produits réalisés moins charges réalisées' }) resultCents!: number;
  @Cents({ description: 'Compte 86 réalisé' }) inKindChargesCents!: number;
  @Cents({ description: 'Compte 87 réalisé' }) inKindProductsCents!: number;
}

export class GapThresholdResponse {
  @WholeNumber({ min: 0, max: 100 }) percent!: number;
  @Cents() minimumCents!: number;
}

export class ReportViolationResponse {
  @Text({ max: 100 }) code!: string;
  @Text({ max: 500 }) pointer!: string;
  @Text({ max: 1000 }) detail!: string;
  @Cents({ ...SIGNED, nullable: true }) leftCents!: number | null;
  @Cents({ ...SIGNED, nullable: true }) rightCents!: number | null;
  @Cents({ ...SIGNED, nullable: true, description: 'Gauche moins droite' }) gapCents!: number | null;
}

export class ReportedIndicatorResponse {
  @Text({ max: 300 }) label!: string;
  @Text({ max: 20 }) type!: string;
  @Scalar({ max: 500, nullable: true }) baseline!: IndicatorValue | null;
  @Scalar({ max: 500, nullable: true, description: 'Valeur visée' }) target!: IndicatorValue | null;
  @Scalar({ max: 500, nullable: true, description: 'Valeur atteinte' }) realised!: IndicatorValue | null;
  @Text({ max: 2000, nullable: true }) comment!: string | null;
}

export class ReviewResponse {
  @OneOf(REVIEW_DECISIONS) decision!: string;
  @Text({ max: 2000, nullable: true }) reason!: string | null;
  @Instant() reviewedAt!: string;
}

export class ProposedRepaymentResponse {
  @Cents({ description: 'Part de la subvention acquise par ce qui a été réalisé' }) earnedCents!: number;
  @Cents({ description: 'Payé et non acquis' }) unspentCents!: number;
  @Cents({ description: 'Part de la subvention dans l’excédent de l’action' }) overFinancingCents!: number;
  @Cents({ description: 'Ce qu’il est proposé de reverser : le plus grand des deux, dans la limite du payé' }) repaymentCents!: number;
}

export class ReportedLineResponse {
  @Uuid() id!: string;
  @WholeNumber(VERSION) version!: number;
  @Uuid() funderId!: string;
  @Text({ max: 300 }) funderName!: string;
  @Text({ max: 300, nullable: true }) scheme!: string | null;
  @Text({ max: 50 }) status!: string;
  @Cents({ nullable: true }) grantedCents!: number | null;
  @Cents() paidCents!: number;
  @Nested(() => ReviewResponse, { nullable: true }) review!: ReviewResponse | null;
  @Nested(() => ProposedRepaymentResponse, { nullable: true, description: 'Une fois le bilan accepté ; pour les financeurs' })
  proposal!: ProposedRepaymentResponse | null;
}

export class ReportAttachmentResponse {
  @Uuid() id!: string;
  @Text({ max: 200 }) label!: string;
  @Text({ max: 200, description: 'Nom du fichier' }) name!: string;
  @Text({ max: 64, description: 'Empreinte SHA-256 du contenu' }) sha256!: string;
}

export class ReportResponse {
  @Uuid() id!: string;
  @Uuid() actionId!: string;
  @Uuid() dossierId!: string;
  @Uuid() organisationId!: string;
  @WholeNumber(YEAR) year!: number;
  @OneOf(REPORT_KINDS) kind!: string;
  @OneOf(REPORT_STATES) status!: string;
  @WholeNumber(VERSION) version!: number;
  @Text({ max: 20_000, min: 0 }) carriedOut!: string;
  @Text({ max: 20_000, min: 0 }) objectivesMet!: string;
  @TextList({ max: 50, each: 200 }) places!: readonly string[];
  @CalendarDay({ nullable: true }) startedOn!: string | null;
  @CalendarDay({ nullable: true }) endedOn!: string | null;
  @Nested(() => BeneficiariesAchievedFields, { nullable: true }) beneficiaries!: BeneficiariesAchievedFields | null;
  @NestedList(() => ReportedIndicatorResponse, { max: 50 }) indicators!: readonly ReportedIndicator[];
  @Text({ max: 20_000, min: 0 }) sharingRule!: string;
  @Text({ max: 20_000, min: 0 }) observations!: string;
  @NestedList(() => FinancialRowResponse, { max: 400 }) charges!: FinancialRowResponse[];
  @NestedList(() => FinancialRowResponse, { max: 400 }) products!: FinancialRowResponse[];
  @NestedList(() => ReportAttachmentResponse, { max: 10 }) attachments!: ReportAttachmentResponse[];
  @Nested(() => FinancialTotalsResponse) totals!: FinancialTotalsResponse;
  @Nested(() => GapThresholdResponse, { description: 'Écart à partir duquel une ligne s’explique' }) gapThreshold!: GapThresholdResponse;
  @NestedList(() => ReportViolationResponse, { max: 1000 }) violations!: ReportViolationResponse[];
  @NestedList(() => ReportedLineResponse, { max: 200 }) fundingLines!: ReportedLineResponse[];
  @Text({ max: 64, nullable: true, description: 'Empreinte SHA-256 de ce qui est attesté' }) attestedHash!: string | null;
  @Instant({ nullable: true }) submittedAt!: string | null;
}

export function toReportResponse({ report, rows, totals, threshold, violations, lines }: ReportView): ReportResponse {
  const { content, attestation, submittedAt, id, actionId, dossierId, organisationId, year, kind, state, version } = report;
  return {
    ...{ id, actionId, dossierId, organisationId, year, kind, status: state, version },
    ...content,
    beneficiaries: content.beneficiaries && { ...content.beneficiaries, ...copies(content.beneficiaries) },
    charges: rows.filter(({ side }) => side === 'charge').map(toRow),
    products: rows.filter(({ side }) => side === 'product').map(toRow),
    attachments: report.attachments.map(({ id: attachmentId, label, name, sha256 }) => ({ id: attachmentId, label, name, sha256 })),
    totals: {
      plannedChargesCents: toJson(totals.plannedChargesCents),
      realisedChargesCents: toJson(totals.realisedChargesCents),
      plannedProductsCents: toJson(totals.plannedProductsCents),
      realisedProductsCents: toJson(totals.realisedProductsCents),
      resultCents: toJson(totals.resultCents),
      inKindChargesCents: toJson(totals.inKindChargesCents),
      inKindProductsCents: toJson(totals.inKindProductsCents),
    },
    gapThreshold: { percent: threshold.percent, minimumCents: toJson(threshold.minimumCents) },
    violations: violations.map(toViolation),
    fundingLines: lines.map(toLine),
    attestedHash: attestation?.hash ?? null,
    submittedAt: submittedAt?.toISOString() ?? null,
  };
}

type Counts = Readonly<Record<string, number>> | null;
const copies = ({ byAge, byQpv }: { byAge: Counts; byQpv: Counts }) => ({ byAge: byAge && { ...byAge }, byQpv: byQpv && { ...byQpv } });

const orNull = (amount: bigint | null): number | null => (amount === null ? null : toJson(amount));

const toRow = ({
  account,
  label,
  name,
  funderId,
  scheme,
  inKind,
  plannedCents,
  realisedCents,
  gap,
  toExplain,
  explanation,
}: RowView): FinancialRowResponse => ({
  ...{ account, label, name, funderId, scheme, inKind, toExplain, explanation },
  planned: plannedCents !== null,
  plannedCents: toJson(plannedCents ?? 0n),
  realisedCents: orNull(realisedCents),
  gapCents: orNull(gap?.gapCents ?? null),
  gapBasisPoints: gap?.gapBasisPoints ?? null,
});

const toViolation = ({ leftCents, rightCents, gapCents, ...violation }: ReportViolation): ReportViolationResponse => ({
  ...violation,
  leftCents: orNull(leftCents),
  rightCents: orNull(rightCents),
  gapCents: orNull(gapCents),
});

const toLine = ({ grantedCents, paidCents, review, proposal, ...line }: ReportedLineView): ReportedLineResponse => ({
  ...line,
  grantedCents: orNull(grantedCents),
  paidCents: toJson(paidCents),
  review: review && { decision: review.decision, reason: review.reason, reviewedAt: review.reviewedAt.toISOString() },
  proposal: proposal && {
    earnedCents: toJson(proposal.earnedCents),
    unspentCents: toJson(proposal.unspentCents),
    overFinancingCents: toJson(proposal.overFinancingCents),
    repaymentCents: toJson(proposal.repaymentCents),
  },
});

export class StartedReportResponse {
  @Uuid() id!: string;
  @OneOf(REPORT_STATES) status!: string;
  @WholeNumber(VERSION) version!: number;
}

export class ReportBlockResponse {
  @Uuid() id!: string;
  @WholeNumber(VERSION) version!: number;
  @Text({ max: 2000, description: 'Quel bilan, et qui peut lever le blocage' }) sentence!: string;
}

export class OwingLineResponse {
  @Uuid() id!: string;
  @WholeNumber(VERSION) version!: number;
  @Text({ max: 300 }) funderName!: string;
  @Text({ max: 50 }) status!: string;
}

export class ReportDueResponse {
  @Uuid() actionId!: string;
  @Text({ max: 300 }) actionTitle!: string;
  @Uuid() dossierId!: string;
  @Text({ max: 50 }) dossierNumber!: string;
  @Uuid() callId!: string;
  @Uuid() organisationId!: string;
  @Text({ max: 300 }) organisationName!: string;
  @WholeNumber(YEAR) year!: number;
  @CalendarDay({ description: 'Dernier jour, compris' }) dueOn!: string;
  @Flag({ description: 'Pas déposé, et son échéance est passée' }) overdue!: boolean;
  @NestedList(() => OwingLineResponse, { max: 200, description: 'Les financements qui l’attendent' }) fundingLines!: OwingLineResponse[];
  @Nested(() => StartedReportResponse, { nullable: true, description: 'Le bilan commencé' }) report!: StartedReportResponse | null;
  @Nested(() => ReportBlockResponse, { nullable: true, description: 'Le blocage de la structure' }) block!: ReportBlockResponse | null;
}

export function toReportDueResponse({ report, lines, ...due }: ReportDue): ReportDueResponse {
  return {
    ...due,
    fundingLines: lines.map(({ state, ...line }) => ({ ...line, status: state })),
    report: report && { id: report.id, status: report.state, version: report.version },
  };
}
