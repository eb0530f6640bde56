import { toJson } from '../../../kernel/money.js';
import { CalendarDay, Cents, Flag, Instant, Nested, NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { CPO_STATES } from '../domain/cpo.transitions.js';
import type { CpoVersion } from '../domain/cpo-listed.js';
import type { CpoShare } from '../domain/cpo-share.js';
import { TRANCHE_STATES } from '../domain/tranche.js';
import type { CpoView, TrancheView } from '../use-cases/cpo-views.js';

const VERSION = { min: 1, max: 2_147_483_647 } as const;
const YEAR = { min: 2024, max: 2100 } as const;

/** A CPO as lists show it. */
export class ListedCpoResponse {
  @Uuid() id!: string;
  @WholeNumber({ ...VERSION, nullable: true, description: 'Absente pour la structure' }) version!: number | null;
  @OneOf(CPO_STATES) state!: string;
  @Uuid() dossierId!: string;
  @Text({ max: 50 }) dossierNumber!: string;
  @Uuid() actionId!: string;
  @Text({ max: 300 }) actionTitle!: string;
  @Uuid() organisationId!: string;
  @Text({ max: 300 }) organisationName!: string;
  @Uuid() funderId!: string;
  @Text({ max: 100 }) funderCode!: string;
  @Text({ max: 300 }) funderName!: string;
  @Text({ max: 300, nullable: true }) scheme!: string | null;
  @WholeNumber(YEAR) firstYear!: number;
  @WholeNumber(YEAR) lastYear!: number;
  @Cents({ description: 'Somme des tranches' }) totalCents!: number;
  @Text({ max: 200, nullable: true }) reference!: string | null;
  @CalendarDay({ nullable: true }) signedOn!: string | null;
  @CalendarDay({ nullable: true }) beneficiarySignedOn!: string | null;
  @Uuid({ nullable: true, description: 'Acte par lequel elle est signée, s’il est établi ici' }) actId!: string | null;
  @Text({ max: 2000, nullable: true, description: 'Motif de la résiliation ou de l’abandon' }) reason!: string | null;
  @CalendarDay({ nullable: true }) endedOn!: string | null;
}

export class TrancheResponse {
  @WholeNumber(YEAR) year!: number;
  @WholeNumber({ min: 1, max: 4 }) rank!: number;
  @Cents() amountCents!: number;
  @OneOf(TRANCHE_STATES, { description: 'Pour la structure : prévue tant que la décision n’est pas annoncée' }) state!: string;
  @Uuid() lineId!: string;
  @Text({ max: 50, description: 'État de la ligne ; son état public pour la structure' }) lineStatus!: string;
  @Uuid({ nullable: true }) envelopeId!: string | null;
  @Cents({ nullable: true }) reservedCents!: number | null;
  @Cents({ nullable: true }) committedCents!: number | null;
  @Flag({ description: 'Le bilan de l’année précédente est accepté' }) open!: boolean;
  @Text({ max: 1000, nullable: true, description: 'Pourquoi elle n’est pas financée' }) why!: string | null;
}

export class CpoResponse extends ListedCpoResponse {
  @NestedList(() => TrancheResponse, { max: 4 }) tranches!: TrancheResponse[];
}

export class VersionedTrancheResponse {
  @WholeNumber(YEAR) year!: number;
  @Cents() amountCents!: number;
}

export class CpoVersionResponse {
  @WholeNumber({ ...VERSION, description: 'Version de la convention que cet accord a donnée' }) number!: number;
  @NestedList(() => VersionedTrancheResponse, { max: 4 }) tranches!: VersionedTrancheResponse[];
  @Text({ max: 2000, nullable: true }) reason!: string | null;
  @Text({ max: 200 }) writtenByName!: string;
  @Instant() writtenAt!: string;
}

const PERCENT = { nullable: true, description: 'Arrondi par défaut ; nul quand rien n’est accordé' } as const;

export class AgreementsShareResponse {
  @WholeNumber({ min: 0, max: 2_147_483_647 }) multiYear!: number;
  @WholeNumber({ min: 0, max: 2_147_483_647 }) all!: number;
  @WholeNumber({ min: 0, max: 100, ...PERCENT }) percent!: number | null;
}

export class MoneyShareResponse {
  @Cents() multiYearCents!: number;
  @Cents() allCents!: number;
  @WholeNumber({ min: 0, max: 100, ...PERCENT }) percent!: number | null;
}

export class CpoShareResponse {
  @Nested(() => AgreementsShareResponse, { description: 'Part des subventions accordées, une par ligne' })
  agreements!: AgreementsShareResponse;
  @Nested(() => MoneyShareResponse, { description: 'Part de l’argent du programme 147' }) p147!: MoneyShareResponse;
  @WholeNumber({ min: 0, max: 100, description: 'En pour cent' }) target!: number;
}

export function toListedCpoResponse(cpo: CpoView['cpo']): ListedCpoResponse {
  return { ...cpo, totalCents: toJson(cpo.totalCents) };
}

export function toCpoResponse({ cpo, tranches }: CpoView): CpoResponse {
  return { ...toListedCpoResponse(cpo), tranches: tranches.map(toTrancheResponse) };
}

function toTrancheResponse(tranche: TrancheView): TrancheResponse {
  const { amountCents, reservedCents, committedCents } = tranche;
  return {
    ...tranche,
    amountCents: toJson(amountCents),
    reservedCents: reservedCents === null ? null : toJson(reservedCents),
    committedCents: committedCents === null ? null : toJson(committedCents),
  };
}

export function toCpoVersionResponse({ tranches, writtenAt, ...version }: CpoVersion): CpoVersionResponse {
  return {
    ...version,
    tranches: tranches.map(({ year, amountCents }) => ({ year, amountCents: toJson(BigInt(amountCents)) })),
    writtenAt: writtenAt.toISOString(),
  };
}

export function toCpoShareResponse({ agreements, p147, target }: CpoShare): CpoShareResponse {
  const { multiYearCents, allCents } = p147;
  return { agreements, p147: { ...p147, multiYearCents: toJson(multiYearCents), allCents: toJson(allCents) }, target };
}
