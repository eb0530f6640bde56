import { toJson } from '../../../kernel/money.js';
import { CalendarDay, Cents, Instant, Nested, NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { IMPORT_STATES, ROW_STATUSES, type DecisionImport, type RowStatus } from '../domain/decision-import.js';

const MAX_ROWS = 2000;

export class ImportCountsResponse {
  @WholeNumber({ min: 0, max: MAX_ROWS, description: 'Reconnues : elles seront enregistrées' }) matched!: number;
  @WholeNumber({ min: 0, max: MAX_ROWS }) ambiguous!: number;
  @WholeNumber({ min: 0, max: MAX_ROWS }) unknown!: number;
  @WholeNumber({ min: 0, max: MAX_ROWS }) refused!: number;
}

export class ImportedRowResponse {
  @WholeNumber({ min: 2, max: 2_147_483_647, description: 'Dans le fichier, l’en-tête étant à la ligne 1' }) line!: number;
  @OneOf(ROW_STATUSES) status!: string;
  @Text({ max: 50 }) dossierNumber!: string;
  @Text({ max: 300 }) actionTitle!: string;
  @Cents({ nullable: true }) amountCents!: number | null;
  @Text({ max: 200 }) reference!: string;
  @CalendarDay({ nullable: true }) decidedOn!: string | null;
  @Text({ max: 2000, nullable: true }) reason!: string | null;
  @Uuid({ nullable: true }) fundingLineId!: string | null;
  @Text({ max: 100, nullable: true, description: 'Code de ce qui empêche de l’enregistrer' }) code!: string | null;
  @Text({ max: 1000, nullable: true }) detail!: string | null;
}

export class DecisionImportResponse {
  @Uuid() id!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
  @Uuid() funderId!: string;
  @OneOf(IMPORT_STATES) status!: string;
  @Instant() createdAt!: string;
  @Instant({ nullable: true }) appliedAt!: string | null;
  @Nested(() => ImportCountsResponse) counts!: ImportCountsResponse;
  @NestedList(() => ImportedRowResponse, { max: MAX_ROWS }) rows!: ImportedRowResponse[];
}

export function toDecisionImportResponse(found: DecisionImport): DecisionImportResponse {
  const counted = (status: RowStatus) => found.rows.filter((row) => row.status === status).length;
  return {
    id: found.id,
    version: found.version,
    funderId: found.funderId,
    status: found.state,
    createdAt: found.createdAt.toISOString(),
    appliedAt: found.appliedAt?.toISOString() ?? null,
    counts: { matched: counted('matched'), ambiguous: counted('ambiguous'), unknown: counted('unknown'), refused: counted('refused') },
    rows: found.rows.map(({ lineId, amountCents, ...row }) => ({
      ...row,
      amountCents: amountCents === null ? null : toJson(amountCents),
      fundingLineId: lineId,
    })),
  };
}
