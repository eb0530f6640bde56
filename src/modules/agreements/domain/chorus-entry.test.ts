import { columnsOf, type ChorusCell, type ChorusCells } from './chorus-columns.js';
import { keyOf, readEntry } from './chorus-entry.js';

const text = (value: string): ChorusCell => ({ kind: 'text', text: value, isComputed: false });
const number = (value: string): ChorusCell => ({ kind: 'number', text: value, isComputed: false });
const HEADERS = ['N° EJ', 'N° poste EJ', 'Code taxe 1', 'Branche CODE', '', 'N° DP', 'N° poste DP', 'Exercice comptable'];
const RECENT = [...HEADERS, 'Fournisseur payé (DP)', 'Montant payé', 'Date de dernière opération sur la DP'];
const OLDER = [...HEADERS, 'Désignation de la structure', 'EUR', 'DATE DE DERNIÈRE  OPÉRATION SUR LA DP '];
const cells = (values: readonly string[]): ChorusCells => values.map((value) => (value === '' ? undefined : text(value)));

describe('the columns', () => {
  test.each([
    ['recent', RECENT],
    ['older', OLDER],
  ])('of the %s layout are found by their headers, labels without header skipped', (_layout, headers) => {
    expect(columnsOf(cells(headers))).toEqual({
      ej: 0,
      ejItem: 1,
      siret: 2,
      dp: 5,
      dpItem: 6,
      year: 7,
      supplier: 8,
      amount: 9,
      paidOn: 10,
    });
  });
  test('are not those of a title', () => {
    expect(columnsOf(cells(['Extraction du 3 mars', '', 'Montant payé']))).toBeNull();
  });
  test('that lack are named', () => {
    expect(() => columnsOf(cells(RECENT.filter((header) => !/DP$|Montant/.test(header))))).toThrow(
      /il y manque la colonne « N° DP », « N° poste DP », « Montant payé ou EUR », « Date/,
    );
  });
});

const COLUMNS = columnsOf(cells(RECENT))!;
const row = (over: Partial<Record<keyof typeof COLUMNS, ChorusCell | undefined>> = {}) => {
  const values: Record<string, ChorusCell | undefined> = {
    ...{ ej: text('2103456789'), ejItem: text('10'), siret: text('12345678900011'), dp: text('100234567'), dpItem: text('1') },
    ...{ year: number('2027'), supplier: text('Une asso'), amount: number('1234.5'), paidOn: number('46388') },
    ...over,
  };
  const line: (ChorusCell | undefined)[] = [];
  for (const [name, place] of Object.entries(COLUMNS)) line[place] = values[name];
  return readEntry('1. Extraction', 7, line, COLUMNS);
};

test('a row is read as it is written', () => {
  expect(row()).toEqual({
    entry: {
      ...{ sheet: '1. Extraction', rowNumber: 7, ej: '2103456789', ejItem: '10', dp: '100234567', dpItem: '1', year: 2027 },
      ...{ siret: '12345678900011', supplier: 'Une asso', amountCents: 123_450n, paidOn: '2027-01-01' },
    },
    fault: null,
  });
});

test.each([
  ['numbers where the other layout has texts', { ej: number('2.103456789E9'), ejItem: number('10.0'), year: text('2027') }],
  ['zeros before an item', { ejItem: text('00010'), dpItem: text('001') }],
  ['a SIRET in groups', { siret: text('123 456 789 00011') }],
  ['a day in French', { paidOn: text('01/01/2027') }],
  ['a day as computers write it', { paidOn: text('2027-01-01') }],
  ['an amount as people write it', { amount: text('1 234,50 €') }],
])('%s make the same payment', (_what, over) => {
  expect({ ...row(over)?.entry }).toEqual(row()?.entry);
  expect(keyOf(row(over)!.entry)).toBe(keyOf(row()!.entry));
});

test('a SIRET kept as a number finds its zeros again', () => {
  expect(row({ siret: number('345678900011') })?.entry.siret).toBe('00345678900011');
});

test.each([['nothing but a total', { ej: undefined, dp: undefined, siret: undefined, amount: number('99') }]])(
  '%s is no payment',
  (_what, over) => {
    expect(row(over)).toBeNull();
  },
);

test.each([
  ['an EJ too short', { ej: text('210345678') }, /10 caractères/],
  ['no DP', { dp: undefined }, /Il manque/],
  ['no year', { year: text('vingt') }, /exercice/],
  ['a SIRET too short', { siret: text('123') }, /SIRET/],
  ['no amount', { amount: undefined }, /exact de centimes/],
  ['a fraction of a cent', { amount: number('12.345') }, /exact de centimes/],
  ['zero', { amount: number('0') }, /nul/],
  ['less than zero', { amount: number('-12.5') }, /négatif/],
  ['a formula', { amount: { ...number('12.5'), isComputed: true } }, /formule/],
  ['an error', { amount: { kind: 'other', text: '#REF!', isComputed: false } as const }, /exact de centimes/],
  ['a day that is not', { paidOn: text('31/02/2027') }, /illisible/],
  ['no day', { paidOn: undefined }, /illisible/],
])('%s is refused with its reason', (_what, over, reason) => {
  expect(row(over)?.fault).toMatch(reason);
});
