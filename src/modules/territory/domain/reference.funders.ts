import { listAt, objectAt, orNull, ReferenceMalformed, textAt, textsAt } from './json-reading.js';
import type { CommuneRow } from './reference.communes.js';

export interface FunderRow {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly departmentCode: string | null;
  /** Of a city that funds; null for the others. */
  readonly inseeCode: string | null;
}

export interface FunderSchemeRow {
  readonly funderCode: string;
  readonly position: number;
  readonly label: string;
}

export interface FunderRows {
  readonly funders: readonly FunderRow[];
  readonly funderSchemes: readonly FunderSchemeRow[];
}

const COMMUNE_CODE = /^COMMUNE-(.+)$/;

export function readFunders(file: unknown, communes: readonly CommuneRow[]): FunderRows {
  const funderSchemes: FunderSchemeRow[] = [];
  const funders = listAt(file, 'funders', (item, at) => {
    const funder = objectAt(item, at);
    const code = textAt(funder['code'], `${at}/code`);
    textsAt(funder['programmes'], `${at}/programmes`).forEach((label, index) => {
      funderSchemes.push({ funderCode: code, position: index + 1, label });
    });
    return {
      code,
      name: textAt(funder['name'], `${at}/name`),
      kind: textAt(funder['kind'], `${at}/kind`),
      departmentCode: orNull(funder['department'], `${at}/department`, textAt),
      inseeCode: communeOfCode(code, communes, at),
    };
  });
  return { funders, funderSchemes };
}

function communeOfCode(code: string, communes: readonly CommuneRow[], at: string): string | null {
  const slug = COMMUNE_CODE.exec(code)?.[1];
  if (slug === undefined) return null;
  const commune = communes.find((one) => one.slug === slug);
  if (!commune) throw new ReferenceMalformed(`${at}/code`, 'COMMUNE- and the slug of a commune');
  return commune.inseeCode;
}
