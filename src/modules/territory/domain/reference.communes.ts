import { flagAt, listAt, objectAt, orNull, ReferenceMalformed, textAt } from './json-reading.js';

export interface CommuneRow {
  readonly inseeCode: string;
  readonly slug: string;
  readonly name: string;
  readonly departmentCode: string;
  /** Null: no delegate's sector, the département-level delegate answers for it. */
  readonly sectorCode: string | null;
  readonly hasQpv: boolean;
  readonly inEpt: boolean;
  readonly note: string | null;
}

export function readCommunes(value: unknown): CommuneRow[] {
  return listAt(value, 'communes', (item, at) => {
    const commune = objectAt(item, at);
    return {
      inseeCode: textAt(commune['inseeCode'], `${at}/inseeCode`),
      slug: textAt(commune['slug'], `${at}/slug`),
      name: textAt(commune['name'], `${at}/name`),
      departmentCode: textAt(commune['department'], `${at}/department`),
      sectorCode: orNull(commune['sector'], `${at}/sector`, textAt),
      hasQpv: flagAt(commune['hasQpv'], `${at}/hasQpv`),
      inEpt: flagAt(commune['inEpt'], `${at}/inEpt`),
      note: orNull(commune['note'], `${at}/note`, textAt),
    };
  });
}

/** The files name communes; everything kept here uses their code. @throws ReferenceMalformed when nothing has that name */
export function inseeCodeOf(communes: readonly CommuneRow[], name: string, at: string): string {
  const commune = communes.find((one) => one.name === name);
  if (!commune) throw new ReferenceMalformed(at, `names of communes (« ${name} » is none)`);
  return commune.inseeCode;
}
