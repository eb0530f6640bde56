import { toJson } from '../../../kernel/money.js';
import {
  CalendarDay,
  Cents,
  Flag,
  Instant,
  NestedList,
  OneOf,
  Text,
  TextList,
  Uuid,
  UuidList,
  WholeNumber,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { CHORUS_IMPORT_STATES, CHORUS_ROW_STATUSES, type ChorusImportState } from '../domain/chorus-import.js';
import type { ChorusImportView, ChorusRow } from '../use-cases/chorus-import.queries.js';
import type { ResolvedRow } from '../use-cases/resolve-chorus-row.js';

const VERSION = { min: 1, max: 2_147_483_647 } as const;
const SIGNED = { min: -99_999_999_999_999 } as const;

export class AskChorusImportRequest {
  @Uuid({ description: 'Fichier déposé avec purpose=chorus-extraction' }) fileId!: string;
}

export class ChorusImportsQuery extends ListQuery {
  @OneOf(CHORUS_IMPORT_STATES, { optional: true }) status?: ChorusImportState;
}

export class ChorusRowsQuery extends ListQuery {
  @OneOf(CHORUS_ROW_STATUSES, { optional: true }) status?: string;
}

export class ResolveChorusRowRequest {
  @Uuid({ optional: true, description: 'La ligne de financement que ce paiement règle' }) fundingLineId?: string;
  @Flag({ optional: true, description: 'Ce paiement ne regarde aucune ligne' }) ignore?: boolean;
}

export class ChorusReasonRequest {
  @Text({ max: 2000 }) reason!: string;
}

export class ChorusCountResponse {
  @OneOf(CHORUS_ROW_STATUSES) status!: string;
  @WholeNumber({ min: 0, max: 1_000_000 }) count!: number;
  @Cents(SIGNED) amountCents!: number;
}

export class ChorusImportResponse {
  @Uuid() id!: string;
  @WholeNumber(VERSION) version!: number;
  @OneOf(CHORUS_IMPORT_STATES) status!: string;
  @Uuid() fileId!: string;
  @TextList({ max: 20, each: 3, description: 'Départements dont il peut toucher les lignes' }) departments!: readonly string[];
  @Text({ max: 2000, nullable: true, description: 'Pourquoi il est illisible, ou ce qui n’a pas pu être annulé' }) failure!: string | null;
  @NestedList(() => ChorusCountResponse, { max: 20 }) counts!: ChorusCountResponse[];
  @Instant() createdAt!: string;
  @Instant({ nullable: true }) confirmedAt!: string | null;
  @Instant({ nullable: true }) reversedAt!: string | null;
  @Text({ max: 2000, nullable: true }) reversalReason!: string | null;
}

export class ChorusRowResponse {
  @Uuid() id!: string;
  @Text({ max: 100 }) sheet!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647, description: 'Ligne dans la feuille' }) rowNumber!: number;
  @Text({ max: 200, min: 0 }) ej!: string;
  @Text({ max: 200, min: 0 }) ejItem!: string;
  @Text({ max: 200, min: 0 }) dp!: string;
  @Text({ max: 200, min: 0 }) dpItem!: string;
  @WholeNumber({ min: 2000, max: 2100, nullable: true }) year!: number | null;
  @Text({ max: 200, min: 0 }) siret!: string;
  @Text({ max: 200, min: 0, description: 'Fournisseur payé' }) supplier!: string;
  @Cents({ ...SIGNED, nullable: true }) amountCents!: number | null;
  @CalendarDay({ nullable: true }) paidOn!: string | null;
  @OneOf(CHORUS_ROW_STATUSES) status!: string;
  @Text({ max: 2000, nullable: true }) reason!: string | null;
  @Uuid({ nullable: true }) fundingLineId!: string | null;
  @UuidList({ max: 20, description: 'Lignes qui pourraient convenir' }) suggestedFundingLineIds!: readonly string[];
  @Uuid({ nullable: true }) paymentId!: string | null;
}

export class ResolvedRowResponse extends ChorusRowResponse {
  @WholeNumber({ ...VERSION, description: 'Version de l’import après cet acte' }) version!: number;
}

export const toChorusImportResponse = (view: ChorusImportView): ChorusImportResponse => ({
  ...{
    id: view.id,
    version: view.version,
    status: view.state,
    fileId: view.fileId,
    departments: view.departmentCodes,
    failure: view.failure,
  },
  counts: view.counts.map(({ status, count, amountCents }) => ({ status, count, amountCents: toJson(amountCents) })),
  createdAt: view.createdAt.toISOString(),
  confirmedAt: view.confirmedAt?.toISOString() ?? null,
  reversedAt: view.reversedAt?.toISOString() ?? null,
  reversalReason: view.reversalReason,
});

export const toChorusRowResponse = ({ lineId, suggestedLineIds, amountCents, ...row }: ChorusRow): ChorusRowResponse => ({
  ...row,
  amountCents: amountCents === null ? null : toJson(amountCents),
  fundingLineId: lineId,
  suggestedFundingLineIds: suggestedLineIds,
});

export const toResolvedRowResponse = ({ importVersion, ...row }: ResolvedRow): ResolvedRowResponse => ({
  ...toChorusRowResponse(row),
  version: importVersion,
});
