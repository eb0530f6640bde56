import { listAt, objectAt, orNull, textAt, textsAt } from './json-reading.js';
import { inseeCodeOf, type CommuneRow } from './reference.communes.js';

/** A priority written in the sheet of a QPV, or of a whole commune when `qpvSlug` is null. */
export interface LocalPriorityRow {
  readonly code: string;
  readonly qpvSlug: string | null;
  readonly theme: string;
  /** An interpretation: the sheets follow four national pillars, not the contract's orientations. */
  readonly orientationCode: string;
  readonly strategicObjective: string;
  readonly operationalObjectives: readonly string[];
  readonly indicators: readonly string[];
}

export interface LocalPriorityRows {
  readonly localPriorities: readonly LocalPriorityRow[];
  readonly localPriorityCommunes: readonly { readonly priorityCode: string; readonly inseeCode: string }[];
}

export function readLocalPriorities(file: unknown, communes: readonly CommuneRow[]): LocalPriorityRows {
  const localPriorityCommunes: { priorityCode: string; inseeCode: string }[] = [];
  const localPriorities = listAt(file, 'local-priorities', (item, at) => {
    const priority = objectAt(item, at);
    const code = textAt(priority['code'], `${at}/code`);
    for (const name of textsAt(priority['communes'], `${at}/communes`)) {
      localPriorityCommunes.push({ priorityCode: code, inseeCode: inseeCodeOf(communes, name, `${at}/communes`) });
    }
    return {
      code,
      qpvSlug: orNull(priority['qpv'], `${at}/qpv`, textAt),
      theme: textAt(priority['theme'], `${at}/theme`),
      orientationCode: textAt(priority['orientation'], `${at}/orientation`),
      strategicObjective: textAt(priority['strategicObjective'], `${at}/strategicObjective`),
      operationalObjectives: textsAt(priority['operationalObjectives'], `${at}/operationalObjectives`),
      indicators: textsAt(priority['indicators'], `${at}/indicators`),
    };
  });
  return { localPriorities, localPriorityCommunes };
}
