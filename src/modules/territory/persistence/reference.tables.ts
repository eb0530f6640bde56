import type { Reference } from '../domain/reference.js';

/** How the rows of one list of the reference go into one table. */
export interface TableSpec<Row> {
  readonly table: string;
  /** SQL type of each field; its column is the field's name in snake_case. */
  readonly columns: Readonly<Record<keyof Row & string, string>>;
  /** The fields that identify a row for ever: never changed by a load. */
  readonly key: readonly (keyof Row & string)[];
  /** Other identifiers, kept as first inserted. */
  readonly fixed?: readonly (keyof Row & string)[];
  /** The rows get a UUID of their own when they are first inserted. */
  readonly hasId?: true;
}

export type Specs = { readonly [List in keyof Reference]: TableSpec<Reference[List][number]> };

const text = 'text';
const integer = 'integer';
const boolean = 'boolean';
const jsonb = 'jsonb';

/** In the order of the foreign keys. Columns that the reference does not hold (a QPV's official code) are not here: a load leaves them. */
export const TABLES: Omit<Specs, 'funderSchemes' | 'qpvVersions'> = {
  contracts: {
    table: 'contracts',
    key: ['code'],
    columns: { code: text, name: text, territory: text, startYear: integer, endYear: integer, content: jsonb },
  },
  departments: { table: 'departments', key: ['code'], columns: { code: text, name: text } },
  sectors: {
    table: 'sectors',
    key: ['code'],
    columns: { code: text, name: text, departmentCode: text, population: integer, populationMeaning: text },
  },
  communes: {
    table: 'communes',
    key: ['inseeCode'],
    fixed: ['slug'],
    columns: {
      inseeCode: text,
      slug: text,
      name: text,
      departmentCode: text,
      sectorCode: text,
      hasQpv: boolean,
      inEpt: boolean,
      note: text,
    },
  },
  orientations: {
    table: 'orientations',
    key: ['code'],
    columns: { code: text, position: integer, label: text, axisLabel: text, transversal: boolean },
  },
  strategicObjectives: {
    table: 'strategic_objectives',
    key: ['code'],
    columns: { code: text, orientationCode: text, position: integer, label: text, relatedSchemes: jsonb },
  },
  operationalObjectives: {
    table: 'operational_objectives',
    key: ['code'],
    columns: { code: text, strategicObjectiveCode: text, position: integer, label: text },
  },
  qpv: {
    table: 'qpv',
    key: ['slug'],
    columns: {
      slug: text,
      name: text,
      population: integer,
      populationYear: integer,
      renewalProgramme: boolean,
      entering2024: boolean,
      interterritorial: boolean,
      notes: jsonb,
      indicators: jsonb,
    },
  },
  qpvCommunes: { table: 'qpv_communes', key: ['qpvSlug', 'inseeCode'], columns: { qpvSlug: text, inseeCode: text } },
  qpvAliases: { table: 'qpv_aliases', key: ['qpvSlug', 'alias'], columns: { qpvSlug: text, alias: text } },
  localPriorities: {
    table: 'local_priorities',
    key: ['code'],
    columns: {
      code: text,
      qpvSlug: text,
      theme: text,
      orientationCode: text,
      strategicObjective: text,
      operationalObjectives: jsonb,
      indicators: jsonb,
    },
  },
  localPriorityCommunes: {
    table: 'local_priority_communes',
    key: ['priorityCode', 'inseeCode'],
    columns: { priorityCode: text, inseeCode: text },
  },
  povertyPockets: {
    table: 'poverty_pockets',
    key: ['inseeCode', 'name'],
    columns: { inseeCode: text, name: text, places: jsonb },
    hasId: true,
  },
  funders: {
    table: 'funders',
    key: ['code'],
    columns: { code: text, name: text, kind: text, departmentCode: text, inseeCode: text },
    hasId: true,
  },
};
