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
import { CROSS_CUTTING_TAGS, type ActionContent } from '../domain/action.js';
import { INDICATOR_TYPES, type IndicatorType, type IndicatorValue } from '../domain/indicator.js';

const COUNT = { min: 0, max: 10_000_000 } as const;
const MAYBE = { optional: true, nullable: true } as const;

export class BeneficiariesFields {
  @WholeNumber({ ...COUNT, example: 40 }) total!: number;
  @WholeNumber({ ...COUNT, ...MAYBE }) women?: number | null;
  @WholeNumber({ ...COUNT, ...MAYBE }) men?: number | null;
  @WholeNumber({ ...COUNT, ...MAYBE, description: 'Habitants des quartiers prioritaires' }) fromQpv?: number | null;
  @CountsByKey({ maxKeys: 20, max: COUNT.max, ...MAYBE, description: 'Par tranche d’âge', example: { '12-17': 30 } }) byAge?: Record<
    string,
    number
  > | null;
}

export class MeansFields {
  @WholeNumber({ min: 0, max: 10_000_000, ...MAYBE, description: 'Équivalents temps plein, en centièmes (150 : 1,5 ETP)' }) staffFte?:
    number | null;
  @WholeNumber({ ...COUNT, ...MAYBE, description: 'Bénévoles' }) volunteers?: number | null;
}

export class IndicatorFields {
  @Text({ max: 300 }) label!: string;
  @OneOf(INDICATOR_TYPES) type!: IndicatorType;
  @Scalar({ max: 500, ...MAYBE, description: 'Valeur de départ' }) baseline?: IndicatorValue | null;
  @Scalar({ max: 500, ...MAYBE, description: 'Valeur visée' }) target?: IndicatorValue | null;
}

const LONG = { max: 10_000, min: 0 } as const;
const OBJECTIVES = { max: 30, each: 100, description: 'Objectifs stratégiques ou opérationnels de l’orientation' } as const;
const ORIENTATIONS = { max: 8, each: 100, description: 'Orientations secondaires' } as const;
const TAGS = { max: CROSS_CUTTING_TAGS.length, each: 50, oneOf: CROSS_CUTTING_TAGS } as const;
const QPV = { max: 50, each: 100, description: 'Identifiants des quartiers prioritaires', example: ['monmousseau'] } as const;
const COMMUNES = { max: 30, each: 5, description: 'Codes INSEE, pour une action hors quartier prioritaire' } as const;
const PLACES = { max: 50, each: 200, description: 'Lieux' } as const;
const PARTNERS = { max: 50, each: 200, description: 'Partenaires' } as const;
const OPTIONAL = { optional: true } as const;

export class CreateActionRequest {
  @Text({ max: 300 }) title!: string;
  @Text({ ...LONG, ...OPTIONAL }) objectives?: string;
  @Text({ ...LONG, ...OPTIONAL }) description?: string;
  @Text({ max: 100, description: 'Orientation principale' }) orientationCode!: string;
  @TextList({ ...OBJECTIVES, ...OPTIONAL }) objectiveCodes?: string[];
  @TextList({ ...ORIENTATIONS, ...OPTIONAL }) secondaryOrientationCodes?: string[];
  @TextList({ ...TAGS, ...OPTIONAL }) crossCuttingTags?: string[];
  @TextList({ ...QPV, ...OPTIONAL }) qpv?: string[];
  @TextList({ ...COMMUNES, ...OPTIONAL }) communes?: string[];
  @Uuid({ ...MAYBE, description: 'Poche de pauvreté, hors quartier prioritaire' }) pocketId?: string | null;
  @CalendarDay() startsOn!: string;
  @CalendarDay() endsOn!: string;
  @Flag({ ...OPTIONAL, description: 'Pluriannuelle : un budget par année' }) multiYear?: boolean;
  @Flag({ ...OPTIONAL, description: 'Reconduite d’une action passée' }) renewed?: boolean;
  @TextList({ ...PLACES, ...OPTIONAL }) places?: string[];
  @TextList({ ...PARTNERS, ...OPTIONAL }) partners?: string[];
  @Nested(() => MeansFields, MAYBE) means?: MeansFields | null;
  @Nested(() => BeneficiariesFields, MAYBE) beneficiaries?: BeneficiariesFields | null;
  @NestedList(() => IndicatorFields, { max: 50, ...OPTIONAL }) indicators?: IndicatorFields[];
}

/** What is left out stays as it is; a list given replaces the list. */
export class ChangeActionRequest {
  @Text({ max: 300, ...OPTIONAL }) title?: string;
  @Text({ ...LONG, ...OPTIONAL }) objectives?: string;
  @Text({ ...LONG, ...OPTIONAL }) description?: string;
  @Text({ max: 100, ...OPTIONAL, description: 'Orientation principale' }) orientationCode?: string;
  @TextList({ ...OBJECTIVES, ...OPTIONAL }) objectiveCodes?: string[];
  @TextList({ ...ORIENTATIONS, ...OPTIONAL }) secondaryOrientationCodes?: string[];
  @TextList({ ...TAGS, ...OPTIONAL }) crossCuttingTags?: string[];
  @TextList({ ...QPV, ...OPTIONAL }) qpv?: string[];
  @TextList({ ...COMMUNES, ...OPTIONAL }) communes?: string[];
  @Uuid({ ...MAYBE, description: 'Poche de pauvreté, hors quartier prioritaire' }) pocketId?: string | null;
  @CalendarDay(OPTIONAL) startsOn?: string;
  @CalendarDay(OPTIONAL) endsOn?: string;
  @Flag(OPTIONAL) multiYear?: boolean;
  @Flag(OPTIONAL) renewed?: boolean;
  @TextList({ ...PLACES, ...OPTIONAL }) places?: string[];
  @TextList({ ...PARTNERS, ...OPTIONAL }) partners?: string[];
  @Nested(() => MeansFields, MAYBE) means?: MeansFields | null;
  @Nested(() => BeneficiariesFields, MAYBE) beneficiaries?: BeneficiariesFields | null;
  @NestedList(() => IndicatorFields, { max: 50, ...OPTIONAL }) indicators?: IndicatorFields[];
}

export function toActionContent(body: CreateActionRequest): ActionContent {
  const { title, orientationCode, startsOn, endsOn } = body;
  return {
    title,
    objectives: '',
    description: '',
    orientationCode,
    objectiveCodes: [],
    secondaryOrientationCodes: [],
    crossCuttingTags: [],
    qpv: [],
    communes: [],
    pocketId: null,
    startsOn,
    endsOn,
    multiYear: false,
    renewed: false,
    places: [],
    partners: [],
    means: null,
    beneficiaries: null,
    indicators: [],
    ...toActionChange(body),
  };
}

/** Only what the body says. */
export function toActionChange({ means, beneficiaries, indicators, ...body }: ChangeActionRequest): Partial<ActionContent> {
  const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Partial<ActionContent>;
  return {
    ...said,
    ...(means === undefined ? {} : { means: means && { ...means } }),
    ...(beneficiaries === undefined ? {} : { beneficiaries: beneficiaries && { ...beneficiaries } }),
    ...(indicators === undefined ? {} : { indicators: indicators.map(toIndicator) }),
  };
}

const toIndicator = ({ label, type, baseline = null, target = null }: IndicatorFields): ActionContent['indicators'][number] => ({
  label,
  type,
  baseline,
  target,
});
