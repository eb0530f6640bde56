import { integerAt, listAt, objectAt, orNull, ReferenceMalformed, textAt, textsAt } from './json-reading.js';
import { inseeCodeOf, readCommunes, type CommuneRow } from './reference.communes.js';
import { readQpv, type QpvRows } from './reference.qpv.js';

export interface DepartmentRow {
  readonly code: string;
  readonly name: string;
}

export interface SectorRow {
  readonly code: string;
  readonly name: string;
  readonly departmentCode: string;
  readonly population: number | null;
  readonly populationMeaning: string | null;
}

/** A zone outside QPV that the contract names; made of several places. */
export interface PovertyPocketRow {
  readonly inseeCode: string;
  readonly name: string;
  readonly places: readonly string[];
}

export interface PlaceRows extends QpvRows {
  readonly departments: readonly DepartmentRow[];
  readonly sectors: readonly SectorRow[];
  readonly communes: readonly CommuneRow[];
  readonly povertyPockets: readonly PovertyPocketRow[];
}

export function readPlaces(value: unknown): PlaceRows {
  const file = objectAt(value, 'territory');
  const communes = readCommunes(file['communes']);
  return {
    departments: listAt(file['departments'], 'departments', (item, at) => {
      const { code, name } = objectAt(item, at);
      return { code: textAt(code, `${at}/code`), name: textAt(name, `${at}/name`) };
    }),
    sectors: readSectors(file['sectors'], communes),
    communes,
    ...readQpv(file['qpv'], communes),
    povertyPockets: readPovertyPockets(file['namedPovertyPockets'], communes),
  };
}

function readSectors(value: unknown, communes: readonly CommuneRow[]): SectorRow[] {
  return listAt(value, 'sectors', (item, at) => {
    const sector = objectAt(item, at);
    const names = textsAt(sector['communes'], `${at}/communes`);
    const departments = new Set(communes.filter((commune) => names.includes(commune.name)).map((commune) => commune.departmentCode));
    const [departmentCode] = departments;
    if (departmentCode === undefined || departments.size > 1) throw new ReferenceMalformed(`${at}/communes`, 'communes of one département');
    return {
      code: textAt(sector['code'], `${at}/code`),
      name: textAt(sector['name'], `${at}/name`),
      departmentCode,
      population: orNull(sector['population'], `${at}/population`, integerAt),
      populationMeaning: orNull(sector['populationMeaning'], `${at}/populationMeaning`, textAt),
    };
  });
}

function readPovertyPockets(value: unknown, communes: readonly CommuneRow[]): PovertyPocketRow[] {
  return listAt(value, 'namedPovertyPockets', (item, at) => {
    const pocket = objectAt(item, at);
    const places = textsAt(pocket['places'], `${at}/places`);
    return {
      inseeCode: inseeCodeOf(communes, textAt(pocket['commune'], `${at}/commune`), `${at}/commune`),
      // The contract only lists places: the pocket is called by them, without the counts of dwellings in brackets.
      name: places.map((place) => place.replace(/\s*\([^)]*\)$/, '')).join(' – '),
      places,
    };
  });
}
