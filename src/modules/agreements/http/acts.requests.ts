import { CalendarDay, Cents, NestedList, OneOf, Text, Uuid, UuidList, WholeNumber } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { ACT_KINDS } from '../domain/act-kind.js';
import { ACT_STATES } from '../domain/act.transitions.js';
import { SIGNATURE_METHODS, type SignatureMethod } from '../domain/act.js';

export class ActsQuery extends ListQuery {
  @Uuid({ optional: true }) callId?: string;
  @Uuid({ optional: true }) funderId?: string;
  @Uuid({ optional: true }) organisationId?: string;
  @OneOf(ACT_KINDS, { optional: true }) kind?: string;
  @OneOf(ACT_STATES, { optional: true }) state?: string;
}

export class PrepareActsRequest {
  @Uuid() callId!: string;
  @Uuid({ description: 'Financeur au nom duquel vous préparez les actes' }) funderId!: string;
  @UuidList({ max: 500, min: 1, optional: true, description: 'Seulement les décisions de ces structures' }) organisationIds?: string[];
}

export class SignActRequest {
  @CalendarDay({ description: 'Ni à venir, ni avant la préparation de l’acte' }) signedOn!: string;
  @OneOf(SIGNATURE_METHODS, { description: 'Par vous, sur la plateforme, ou sur papier, dont vous déposez la copie' })
  method!: SignatureMethod;
  @Text({ max: 200, optional: true, example: 'Créteil' }) place?: string;
  @CalendarDay({ optional: true, description: 'Jour où le bénéficiaire a signé, pour ce qui se signe à deux' })
  beneficiarySignedOn?: string;
  @Uuid({ optional: true, description: 'Copie signée : un PDF déposé avec purpose=signed-act' }) fileId?: string;
  @Text({ max: 100, optional: true, description: 'Copie signée : le numéro imprimé dessus', example: '2027-P147-94-0001' }) number?: string;
  @Text({ max: 200, optional: true, description: 'Copie signée : qui a signé pour le financeur' }) signatoryName?: string;
}

export class NotifyActRequest {
  @CalendarDay({ optional: true, description: 'Jour où l’acte signé est parvenu au bénéficiaire ; aujourd’hui à défaut' })
  notifiedOn?: string;
  @CalendarDay({ optional: true, description: 'S’il n’a pas été dit à la signature' }) beneficiarySignedOn?: string;
}

export class VoidActRequest {
  @Text({ max: 2000 }) reason!: string;
}

export class AmendedLineRequest {
  @Uuid() lineId!: string;
  @Cents({ description: 'Nouveau montant de la ligne' }) amountCents!: number;
}

export class AmendmentRequest {
  @NestedList(() => AmendedLineRequest, { max: 100, min: 1 }) lines!: AmendedLineRequest[];
  @Text({ max: 2000 }) reason!: string;
}

export class PublicMoneyQuery {
  @WholeNumber({ min: 2024, max: 2100, query: true }) year!: number;
}
