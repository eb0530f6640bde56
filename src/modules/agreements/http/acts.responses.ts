import { toJson } from '../../../kernel/money.js';
import { CalendarDay, Cents, Flag, Instant, NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { ACT_KINDS, type ActKind } from '../domain/act-kind.js';
import { mustPublishAccounts, type ActView } from '../domain/act-reading.js';
import { paymentDueOn, SIGNATURE_METHODS, type Act, type SignatureMethod } from '../domain/act.js';
import { ACT_STATES, type ActState } from '../domain/act.transitions.js';

/** An act after a decision on it. */
export class DecidedActResponse {
  @Uuid() id!: string;
  @Text({ max: 100, example: '2027-P147-94-0001' }) number!: string;
  @OneOf(ACT_KINDS) kind!: ActKind;
  @OneOf(ACT_STATES) state!: ActState;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
  @Uuid() funderId!: string;
  @Uuid() organisationId!: string;
  @Uuid() callId!: string;
  @WholeNumber({ min: 2024, max: 2100 }) year!: number;
  @Uuid({ nullable: true, description: 'L’acte que modifie un avenant' }) amendsId!: string | null;
  @Cents() amountCents!: number;
  @Flag({ description: 'Le bénéficiaire le signe aussi' }) isBilateral!: boolean;
  @CalendarDay() preparedOn!: string;
  @CalendarDay({ nullable: true }) signedOn!: string | null;
  @Text({ max: 200, nullable: true }) signatoryName!: string | null;
  @OneOf(SIGNATURE_METHODS, { nullable: true }) signatureMethod!: SignatureMethod | null;
  @Text({ max: 200, nullable: true }) signaturePlace!: string | null;
  @Text({ max: 64, nullable: true, description: 'Empreinte SHA-256 de la copie signée, si l’acte est signé sur papier' })
  signedSha256!: string | null;
  @CalendarDay({ nullable: true }) beneficiarySignedOn!: string | null;
  @CalendarDay({ nullable: true }) notifiedOn!: string | null;
  @CalendarDay({ nullable: true, description: 'Dernier jour du versement : 60 jours après la notification' }) paymentDueOn!: string | null;
  @Instant({ nullable: true }) voidedAt!: string | null;
  @Text({ max: 2000, nullable: true }) voidReason!: string | null;
}

export class ActLineResponse {
  @Uuid() lineId!: string;
  @Text({ max: 100 }) dossierNumber!: string;
  @Text({ max: 300 }) actionTitle!: string;
  @Cents() amountCents!: number;
}

export class ActResponse extends DecidedActResponse {
  @Text({ max: 100 }) funderCode!: string;
  @Text({ max: 300 }) funderName!: string;
  @Text({ max: 300 }) organisationName!: string;
  @NestedList(() => ActLineResponse, { max: 1000 }) lines!: readonly ActLineResponse[];
  @Text({ max: 64, description: 'Empreinte SHA-256 du contenu figé' }) contentSha256!: string;
  @WholeNumber({ min: 1, max: 1000 }) templateVersion!: number;
  @Flag({ description: 'Les subventions publiques de l’année dépassent le seuil de certification et de publication des comptes' })
  mustPublishAccounts!: boolean;
}

export function toDecidedActResponse(act: Act): DecidedActResponse {
  const { id, number, kind, state, version, funderId, organisationId, callId, year, amendsId, isBilateral, preparedOn } = act;
  const { signedOn, signatoryName, signatureMethod, signaturePlace, signedSha256, beneficiarySignedOn, notifiedOn, voidReason } = act;
  return {
    ...{
      id,
      number,
      kind,
      state,
      version,
      funderId,
      organisationId,
      callId,
      year,
      amendsId,
      amountCents: toJson(act.amountCents),
      isBilateral,
    },
    ...{
      preparedOn,
      signedOn,
      signatoryName,
      signatureMethod,
      signaturePlace,
      signedSha256,
      beneficiarySignedOn,
      notifiedOn,
      paymentDueOn: paymentDueOn(act),
    },
    ...{ voidedAt: act.voidedAt?.toISOString() ?? null, voidReason },
  };
}

export function toActResponse(act: ActView): ActResponse {
  const { funderCode, funderName, organisationName, lines, contentSha256, templateVersion, publicMoneyCents, accountsAboveCents } = act;
  return {
    ...toDecidedActResponse(act),
    ...{ funderCode, funderName, organisationName, lines, contentSha256, templateVersion },
    mustPublishAccounts: mustPublishAccounts(publicMoneyCents, accountsAboveCents),
  };
}
