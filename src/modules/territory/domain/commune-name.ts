interface Named {
  readonly name: string;
  readonly departmentCode: string;
}

/** Words that make what follows the name of a street: « avenue d'Orly » is not in Orly. */
const OF = new Set(['d', 'de', 'du', 'des', 'la', 'les', 'grand', 'rue', 'avenue', 'place', 'boulevard', 'route', 'quai']);

/**
 * The commune whose name ends a postal address; accents, case, hyphens, « St » and « Cedex » make no difference. Null when there is none, or
 * when the postcode just before the name is another département's (a commune of the same name elsewhere).
 */
export function communeEnding<Commune extends Named>(address: string, communes: readonly Commune[]): Commune | null {
  const words = wordsOf(address);
  const found = communes
    .map((commune) => ({ commune, name: wordsOf(commune.name) }))
    .filter(({ name }) => name.length <= words.length && name.every((word, index) => words[words.length - name.length + index] === word))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!found) return null;
  const before = words[words.length - found.name.length - 1] ?? '';
  const postcode = /^\d{5}$/.exec(before)?.[0];
  if (postcode === undefined) return OF.has(before) ? null : found.commune;
  return postcode.startsWith(found.commune.departmentCode) ? found.commune : null;
}

function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/ france$/, '')
    .replace(/ cedex( \d+)?$/, '');
  return plain.split(' ').map((word) => (word === 'st' ? 'saint' : word === 'ste' ? 'sainte' : word));
}
