import { toJson } from '../../../kernel/money.js';
import {
  CalendarDay,
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
import type { RenewalView } from '../use-cases/cpo.queries.js';
import { VersionedTrancheResponse } from './cpo.responses.js';

const COUNT = { min: 0, max: 10_000_000 } as const;
const MAYBE = { optional: true, nullable: true } as const;
const LONG = { max: 10_000, min: 0 } as const;

export class RenewedBeneficiariesResponse {
  @WholeNumber(COUNT) total!: number;
  @WholeNumber({ ...COUNT, ...MAYBE }) women?: number | null;
  @WholeNumber({ ...COUNT, ...MAYBE }) men?: number | null;
  @WholeNumber({ ...COUNT, ...MAYBE }) fromQpv?: number | null;
  @CountsByKey({ maxKeys: 20, max: COUNT.max, ...MAYBE }) byAge?: Record<string, number> | null;
}

export class RenewedIndicatorResponse {
  @Text({ max: 300 }) label!: string;
  @Text({ max: 50 }) type!: string;
  @Scalar({ max: 500, ...MAYBE }) baseline?: string | number | boolean | null;
  @Scalar({ max: 500, ...MAYBE }) target?: string | number | boolean | null;
}

/** What `POST /v1/dossiers/{id}/actions` takes: copied as it is, its years moved. */
export class RenewedActionResponse {
  @Text({ max: 300 }) title!: string;
  @Text(LONG) objectives!: string;
  @Text(LONG) description!: string;
  @Text({ max: 100 }) orientationCode!: string;
  @TextList({ max: 30, each: 100 }) objectiveCodes!: readonly string[];
  @TextList({ max: 8, each: 100 }) secondaryOrientationCodes!: readonly string[];
  @TextList({ max: 5, each: 50 }) crossCuttingTags!: readonly string[];
  @TextList({ max: 50, each: 100 }) qpv!: readonly string[];
  @TextList({ max: 30, each: 5 }) communes!: readonly string[];
  @Uuid({ nullable: true }) pocketId!: string | null;
  @CalendarDay() startsOn!: string;
  @CalendarDay() endsOn!: string;
  @Flag() multiYear!: boolean;
  @Flag() renewed!: boolean;
  @TextList({ max: 50, each: 200 }) places!: readonly string[];
  @TextList({ max: 50, each: 200 }) partners!: readonly string[];
  @Nested(() => RenewedBeneficiariesResponse, { nullable: true }) beneficiaries!: RenewedBeneficiariesResponse | null;
  @NestedList(() => RenewedIndicatorResponse, { max: 50 }) indicators!: readonly RenewedIndicatorResponse[];
}

export class CpoRenewalResponse {
  @OneOf(['not-yet', 'proposed']) status!: string;
  @CalendarDay({ description: 'Six mois avant le terme' }) proposedFrom!: string;
  @Uuid() organisationId!: string;
  @Uuid() funderId!: string;
  @Text({ max: 300, nullable: true }) scheme!: string | null;
  @NestedList(() => VersionedTrancheResponse, { max: 4, description: 'La moyenne de ce qui était convenu' })
  tranches!: VersionedTrancheResponse[];
  @Nested(() => RenewedActionResponse) action!: RenewedActionResponse;
}

interface CopiedContent {
  readonly secondaryOrientationCodes?: readonly string[];
  readonly crossCuttingTags?: readonly string[];
  readonly places?: readonly string[];
  readonly partners?: readonly string[];
  readonly beneficiaries?: RenewedBeneficiariesResponse | null;
  readonly indicators?: readonly RenewedIndicatorResponse[];
}

export function toCpoRenewalResponse({ years, amountCents, action, ...renewal }: RenewalView): CpoRenewalResponse {
  const { content, ...kept } = action;
  const {
    secondaryOrientationCodes = [],
    crossCuttingTags = [],
    places = [],
    partners = [],
    beneficiaries = null,
    indicators = [],
  } = content as CopiedContent;
  return {
    ...renewal,
    tranches: years.map((year) => ({ year, amountCents: toJson(amountCents) })),
    action: {
      ...kept,
      ...{ secondaryOrientationCodes, crossCuttingTags, places, partners, beneficiaries, indicators },
      ...{ multiYear: true, renewed: true },
    },
  };
}
