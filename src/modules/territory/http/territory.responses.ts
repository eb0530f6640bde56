import { ApiProperty } from '@nestjs/swagger';
import { CalendarDay, Flag, Nested, NestedList, Text, TextList, Uuid, WholeNumber } from '../../../platform/http/fields.js';

const PEOPLE = { min: 0, max: 10_000_000 } as const;
const YEAR = { min: 1900, max: 2200 } as const;
const LABEL = { max: 1000 } as const;
const CODE = { max: 100 } as const;

export class DepartmentResponse {
  @Text({ max: 3, example: '94' }) code!: string;
  @Text(LABEL) name!: string;
}

export class SectorResponse {
  @Text({ max: 10, example: 'NE' }) code!: string;
  @Text(LABEL) name!: string;
  @Text({ max: 3 }) departmentCode!: string;
  @WholeNumber({ ...PEOPLE, nullable: true }) population!: number | null;
  @Text({ ...LABEL, nullable: true, description: 'Ce que compte « population »' }) populationMeaning!: string | null;
  @TextList({ max: 100, each: 5, description: 'Codes INSEE de ses communes' }) inseeCodes!: readonly string[];
}

export class CommunePlaceResponse {
  @Text({ max: 5, example: '94041' }) inseeCode!: string;
  @Text({ ...CODE, example: 'ivry-sur-seine' }) slug!: string;
  @Text(LABEL) name!: string;
  @Text({ max: 3 }) departmentCode!: string;
  @Text({ max: 10, nullable: true, description: 'Absent : le délégué du département en répond' }) sectorCode!: string | null;
}

export class CommuneResponse extends CommunePlaceResponse {
  @Flag() hasQpv!: boolean;
  @Flag({ description: 'Dans l’EPT Grand-Orly Seine Bièvre' }) inEpt!: boolean;
  @Text({ ...LABEL, nullable: true }) note!: string | null;
}

export class OperationalObjectiveResponse {
  @Text({ ...CODE, example: 'O1.1.a' }) code!: string;
  @Text(LABEL) label!: string;
}

export class StrategicObjectiveResponse {
  @Text({ ...CODE, example: 'O1.1' }) code!: string;
  @Text(LABEL) label!: string;
  @TextList({ max: 100, each: 1000, description: 'Dispositifs liés' }) relatedSchemes!: readonly string[];
  @NestedList(() => OperationalObjectiveResponse, { max: 100 }) operationalObjectives!: readonly OperationalObjectiveResponse[];
}

export class OrientationResponse {
  @Text({ ...CODE, example: 'O1' }) code!: string;
  @Text(LABEL) label!: string;
  @Text({ ...LABEL, description: 'Intitulé court' }) axisLabel!: string;
  @Flag() transversal!: boolean;
  @NestedList(() => StrategicObjectiveResponse, { max: 100 }) strategicObjectives!: readonly StrategicObjectiveResponse[];
}

export class QpvPerimeterResponse {
  @Text(LABEL) label!: string;
  @Text(LABEL) source!: string;
  @CalendarDay() validFrom!: string;
  @CalendarDay({ nullable: true, description: 'Premier jour où il ne vaut plus' }) validUntil!: string | null;
}

export class QpvResponse {
  @Text({ ...CODE, example: 'chaperon-vert' }) slug!: string;
  @Text({ max: 10, nullable: true, description: 'Code officiel QN…, quand il est connu' }) officialCode!: string | null;
  @Text(LABEL) name!: string;
  @TextList({ max: 100, each: 1000, description: 'Autres graphies' }) aliases!: readonly string[];
  @NestedList(() => CommunePlaceResponse, { max: 100 }) communes!: readonly CommunePlaceResponse[];
  @WholeNumber({ ...PEOPLE, nullable: true, description: 'Du quartier entier : ne jamais l’additionner par commune' })
  population!: number | null;
  @WholeNumber({ ...YEAR, nullable: true }) populationYear!: number | null;
  @Flag({ nullable: true, description: 'Renouvellement urbain ; null quand le contrat ne le dit pas' }) renewalProgramme!: boolean | null;
  @Flag({ description: 'Entré dans la géographie prioritaire en 2024' }) entering2024!: boolean;
  @Flag({ description: 'Partagé avec une commune hors de l’EPT' }) interterritorial!: boolean;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'Précisions : renewal, entering, population' })
  notes!: Readonly<Record<string, string>>;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, description: 'Indicateurs, l’année dans leur nom' })
  indicators!: Readonly<Record<string, number>>;
  @NestedList(() => QpvPerimeterResponse, { max: 100, description: 'Versions de son périmètre, la dernière d’abord' })
  perimeters!: readonly QpvPerimeterResponse[];
}

export class PovertyPocketResponse {
  @Uuid() id!: string;
  @Text(LABEL) name!: string;
  @TextList({ max: 100, each: 1000 }) places!: readonly string[];
  @Nested(() => CommunePlaceResponse) commune!: CommunePlaceResponse;
}

export class LocalPriorityResponse {
  @Text({ ...CODE, example: 'LP001' }) code!: string;
  @Text({ ...CODE, nullable: true, description: 'Quartier ; absent : pour toute la commune' }) qpvSlug!: string | null;
  @TextList({ max: 100, each: 5 }) inseeCodes!: readonly string[];
  @Text(LABEL) theme!: string;
  @Text({ ...CODE, description: 'Interprétation : les fiches suivent quatre piliers nationaux' }) orientationCode!: string;
  @Text(LABEL) strategicObjective!: string;
  @TextList({ max: 100, each: 1000 }) operationalObjectives!: readonly string[];
  @TextList({ max: 100, each: 1000 }) indicators!: readonly string[];
}
