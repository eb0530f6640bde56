import { flagAt, integerAt, listAt, numberAt, objectAt, orNull, textAt, textsAt, type Json } from './json-reading.js';
import { inseeCodeOf, type CommuneRow } from './reference.communes.js';

export interface QpvRow {
  readonly slug: string;
  readonly name: string;
  /** For the whole QPV: never summed by commune. Null when the printed figure is unusable. */
  readonly population: number | null;
  readonly populationYear: number | null;
  readonly renewalProgramme: boolean | null;
  readonly entering2024: boolean;
  readonly interterritorial: boolean;
  readonly notes: Readonly<Record<string, string>>;
  readonly indicators: Readonly<Record<string, number>>;
}

export interface QpvRows {
  readonly qpv: readonly QpvRow[];
  readonly qpvCommunes: readonly { readonly qpvSlug: string; readonly inseeCode: string }[];
  readonly qpvAliases: readonly { readonly qpvSlug: string; readonly alias: string }[];
  readonly qpvVersions: readonly { readonly qpvSlug: string; readonly valid: string; readonly label: string; readonly source: string }[];
}

/** Perimeters of decree n° 2023-1314 of 28 December 2023, in force on 1 January 2024. */
const FIRST_VERSION = {
  valid: '[2024-01-01,)',
  label: 'Périmètre de 2024',
  source: 'Décret n° 2023-1314 du 28 décembre 2023 ; contrat de ville d’octobre 2024, annexe 1',
};

export function readQpv(value: unknown, communes: readonly CommuneRow[]): QpvRows {
  const rows: { qpvCommunes: QpvRows['qpvCommunes'][number][]; qpvAliases: QpvRows['qpvAliases'][number][] } = {
    qpvCommunes: [],
    qpvAliases: [],
  };
  const qpv = listAt(value, 'qpv', (item, at) => {
    const one = objectAt(item, at);
    const slug = textAt(one['slug'], `${at}/slug`);
    for (const name of textsAt(one['communes'], `${at}/communes`)) {
      rows.qpvCommunes.push({ qpvSlug: slug, inseeCode: inseeCodeOf(communes, name, `${at}/communes`) });
    }
    for (const alias of aliasesOf(one, at)) rows.qpvAliases.push({ qpvSlug: slug, alias });
    return readOne(one, slug, at);
  });
  return { qpv, ...rows, qpvVersions: qpv.map(({ slug }) => ({ qpvSlug: slug, ...FIRST_VERSION })) };
}

function readOne(one: Json, slug: string, at: string): QpvRow {
  const indicators = orNull(one['indicators'], `${at}/indicators`, objectAt) ?? {};
  const notes = { renewal: 'renewalNote', entering: 'enteringNote', population: 'populationNote' };
  return {
    slug,
    name: textAt(one['name'], `${at}/name`),
    population: orNull(one['population'], `${at}/population`, integerAt),
    populationYear: orNull(one['populationYear'], `${at}/populationYear`, integerAt),
    renewalProgramme: orNull(one['renewalProgram'], `${at}/renewalProgram`, flagAt),
    entering2024: flagAt(one['entering2024'], `${at}/entering2024`),
    interterritorial: orNull(one['interterritorial'], `${at}/interterritorial`, flagAt) ?? false,
    notes: Object.fromEntries(
      Object.entries(notes).flatMap(([name, field]) => (one[field] === undefined ? [] : [[name, textAt(one[field], `${at}/${field}`)]])),
    ),
    indicators: Object.fromEntries(
      Object.entries(indicators).map(([name, figure]) => [name, numberAt(figure, `${at}/indicators/${name}`)]),
    ),
  };
}

/** Other spellings: as printed in the contract, and those that a note quotes (« écrit « Hauts-Pays » », « l'appelle « … » »). */
function aliasesOf(one: Json, at: string): string[] {
  const printed = orNull(one['nameAsPrinted'], `${at}/nameAsPrinted`, textAt);
  const note = orNull(one['enteringNote'], `${at}/enteringNote`, textAt) ?? '';
  const quoted = [...note.matchAll(/(?:écrit|appelle) « ([^»]+) »/g)].map((match) => match[1] ?? '');
  return [...(printed === null ? [] : [printed]), ...quoted];
}
