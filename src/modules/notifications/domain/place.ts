/** Fields of a dossier and of its actions, as their readers call them. */
const FIELDS: Readonly<Record<string, string>> = {
  title: 'intitulé',
  objectives: 'objectifs',
  description: 'description',
  orientationCode: 'orientation',
  objectiveCodes: 'objectifs de l’orientation',
  secondaryOrientationCodes: 'orientations secondaires',
  crossCuttingTags: 'thèmes transversaux',
  qpv: 'quartiers',
  communes: 'communes',
  pocketId: 'poche de pauvreté',
  multiYear: 'pluriannuelle',
  renewed: 'reconduction',
  trackCode: 'volet de l’appel',
  places: 'lieux',
  partners: 'partenaires',
  startsOn: 'date de début',
  endsOn: 'date de fin',
  beneficiaries: 'bénéficiaires',
  means: 'moyens',
  indicators: 'indicateurs',
  budget: 'budget',
  budgets: 'budget',
  actions: 'actions',
};

/** « Action 1, budget 2027 », from a JSON pointer into the dossier; null when it names no place that a reader would know. */
export function placeOf(pointer: string): string | null {
  const [root, first, ...rest] = pointer.split('/');
  if (root !== '' || first === undefined) return null;
  const [index, ...inAction] = rest;
  if (first === 'actions' && index !== undefined && /^\d{1,3}$/.test(index)) {
    return [`Action ${Number(index) + 1}`, fieldOf(inAction)].filter((part) => part !== null).join(', ');
  }
  const field = fieldOf([first, ...rest]);
  return field && field.charAt(0).toUpperCase() + field.slice(1);
}

function fieldOf([name, part]: readonly string[]): string | null {
  const field = name !== undefined && Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (field === undefined) return null;
  return name === 'budgets' && part !== undefined && /^20\d{2}$/.test(part) ? `${field} ${part}` : field;
}
