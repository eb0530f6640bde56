import { toJson } from '../../../kernel/money.js';
import { Cents, Instant, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { available, type MovementKind } from '../domain/envelope.js';
import type { OpenedEnvelope, RecordedMovement } from '../domain/opened-envelope.js';

const MOVEMENT_KINDS: readonly MovementKind[] = [
  'open',
  'increase',
  'decrease',
  'delegate',
  'take-back',
  'reserve',
  'release',
  'commit',
  'decommit',
  'pay',
  'recover',
];

export class EnvelopeResponse {
  @Uuid() id!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
  @Uuid() funderId!: string;
  @Text({ max: 100 }) funderCode!: string;
  @Text({ max: 300 }) funderName!: string;
  @Text({ max: 100 }) programme!: string;
  @WholeNumber({ min: 2024, max: 2100 }) year!: number;
  @Text({ max: 3, nullable: true }) department!: string | null;
  @Uuid({ nullable: true, description: 'D’une sous-enveloppe : l’enveloppe mère' }) parentId!: string | null;
  @Text({ max: 100, nullable: true, description: 'D’une sous-enveloppe : son secteur' }) sectorCode!: string | null;
  @Text({ max: 5, nullable: true, description: 'D’une sous-enveloppe : sa commune' }) inseeCode!: string | null;
  @Instant({ nullable: true, description: 'Quand son exercice a été clos' }) closedAt!: string | null;
  @Cents({ description: 'Autorisations d’engagement' }) ceilingAeCents!: number;
  @Cents({ description: 'Crédits de paiement' }) ceilingCpCents!: number;
  @Cents({ description: 'Retenu pour les lignes proposées' }) reservedCents!: number;
  @Cents({ description: 'Accordé' }) committedCents!: number;
  @Cents({ description: 'Délégué à des sous-enveloppes' }) delegatedCents!: number;
  @Cents() paidCents!: number;
  @Cents({
    description:
      'Ce qui peut encore être proposé ou accordé : le plus petit des deux plafonds (AE, CP), moins ce qui est retenu, accordé et délégué',
  })
  availableCents!: number;
}

export function toEnvelopeResponse(envelope: OpenedEnvelope): EnvelopeResponse {
  const { id, version, funderId, funderCode, funderName, programme, year, departmentCode, parentId, sectorCode, inseeCode, closedAt } =
    envelope;
  return {
    ...{ id, version, funderId, funderCode, funderName, programme, year, department: departmentCode },
    ...{ parentId, sectorCode, inseeCode, closedAt: closedAt?.toISOString() ?? null },
    ceilingAeCents: toJson(envelope.ceilingAeCents),
    ceilingCpCents: toJson(envelope.ceilingCpCents),
    reservedCents: toJson(envelope.reservedCents),
    committedCents: toJson(envelope.committedCents),
    delegatedCents: toJson(envelope.delegatedCents),
    paidCents: toJson(envelope.paidCents),
    availableCents: toJson(available(envelope)),
  };
}

export class MovementResponse {
  @Uuid() id!: string;
  @OneOf(MOVEMENT_KINDS) kind!: MovementKind;
  @Cents() aeCents!: number;
  @Cents() cpCents!: number;
  @Uuid({ nullable: true }) fundingLineId!: string | null;
  @Uuid({ nullable: true }) dossierId!: string | null;
  @Text({ max: 50, nullable: true }) dossierNumber!: string | null;
  @Uuid({ nullable: true, description: 'L’autre enveloppe, quand du crédit va de l’une à l’autre' }) counterpartEnvelopeId!: string | null;
  @Text({ max: 2000, nullable: true }) reason!: string | null;
  @Text({ max: 200, nullable: true, description: 'De la décision qu’il suit' }) reference!: string | null;
  @Uuid() actorId!: string;
  @Text({ max: 200 }) actorName!: string;
  @Instant() at!: string;
}

export function toMovementResponse({ position: _, aeCents, cpCents, at, ...movement }: RecordedMovement): MovementResponse {
  return { ...movement, aeCents: toJson(aeCents), cpCents: toJson(cpCents), at: at.toISOString() };
}
