import { readReference, type ReferenceFiles } from './reference.js';

const commune = (name: string, over: object = {}): object => ({
  name,
  department: '94',
  sector: 'NE',
  hasQpv: true,
  inEpt: true,
  inseeCode: name === 'Ivry-sur-Seine' ? '94041' : '94081',
  slug: name.toLowerCase(),
  ...over,
});
const files = (over: { territory?: object; funders?: object[] } = {}): ReferenceFiles => ({
  contract: {
    contract: {
      name: 'Contrat',
      territory: 'EPT',
      startYear: 2024,
      endYear: 2030,
      documentDate: 'Octobre 2024',
      facts: {},
      signatories: [],
      engagements: [],
    },
    pillars: [],
  },
  territory: {
    departments: [{ code: '94', name: 'Val-de-Marne' }],
    sectors: [{ code: 'NE', name: 'Nord-Est', communes: ['Ivry-sur-Seine', 'Vitry-sur-Seine'] }],
    communes: [commune('Ivry-sur-Seine'), commune('Vitry-sur-Seine')],
    qpv: [],
    namedPovertyPockets: [],
    ...over.territory,
  },
  orientations: [],
  localPriorities: [],
  funders: over.funders ?? [],
  rules: [],
  actors: [],
});

test('a sector is of its communes’ département', () => {
  expect(readReference(files()).sectors).toEqual([
    { code: 'NE', name: 'Nord-Est', departmentCode: '94', population: null, populationMeaning: null },
  ]);
});

test('a QPV keeps every spelling that the contract prints or quotes', () => {
  const qpv = {
    slug: 'haut-pays',
    name: 'Haut-Pays',
    communes: ['Ivry-sur-Seine'],
    population: null,
    entering2024: true,
    nameAsPrinted: 'Haut Pays',
    enteringNote: "Ligne 200 (écrit « Hauts-Pays ») ; la fiche l'appelle « Le Pays »",
  };
  const { qpvAliases, qpvCommunes, qpvVersions } = readReference(files({ territory: { qpv: [qpv] } }));
  expect(qpvAliases.map(({ alias }) => alias)).toEqual(['Haut Pays', 'Hauts-Pays', 'Le Pays']);
  expect(qpvCommunes).toEqual([{ qpvSlug: 'haut-pays', inseeCode: '94041' }]);
  expect(qpvVersions).toEqual([expect.objectContaining({ qpvSlug: 'haut-pays', valid: '[2024-01-01,)' })]);
});

test('a pocket is called by its places', () => {
  const pocket = { commune: 'Vitry-sur-Seine', places: ['Dalou (156 logements)', 'Château (66 logements)'] };
  expect(readReference(files({ territory: { namedPovertyPockets: [pocket] } })).povertyPockets).toEqual([
    { inseeCode: '94081', name: 'Dalou – Château', places: pocket.places },
  ]);
});

test.each([
  [
    'a sector over two départements',
    { territory: { communes: [commune('Ivry-sur-Seine'), commune('Vitry-sur-Seine', { department: '91' })] } },
    'one département',
  ],
  ['an unknown commune', { territory: { namedPovertyPockets: [{ commune: 'Paris', places: ['X'] }] } }, '« Paris » is none'],
  [
    'a commune that funds and does not exist',
    { funders: [{ code: 'COMMUNE-paris', name: 'Paris', kind: 'commune', programmes: [] }] },
    'slug of a commune',
  ],
  [
    'a label that is no text',
    { funders: [{ code: 'EPT', name: 12, kind: 'intercommunal', programmes: [] }] },
    'funders/0/name should be a text',
  ],
])('stops on %s, saying where', (_case, over, message) => {
  expect(() => readReference(files(over))).toThrow(message);
});
