import { centsOf, dayOf, DecisionColumnsMissing, folded, readDecisions } from './decision-file.js';

const HEADER = ['Numéro de dossier', 'Action', 'Montant accordé', 'Référence', 'Date', 'Motif'];
const read = (cells: readonly string[], header: readonly string[] = HEADER) =>
  readDecisions([
    { line: 1, cells: header },
    { line: 2, cells },
  ])[0];

test.each([
  ['0', 0n],
  ['1234', 123_400n],
  ['1 234,5', 123_450n],
  ['1\u202f234\u00a0567,89 €', 123_456_789n],
  ['0,01', 1n],
  ['12.30', 1230n],
  ['999999999999,99', 99_999_999_999_999n],
])('%s is so many cents', (text, cents) => {
  expect(centsOf(text)).toBe(cents);
});

test.each(['', '-1', '+1', '=1+1', '@1', '1,234', '1,2,3', '1.234,56', '12 34', '1e3', 'mille', '1 €€', '0x10', '1000000000000', '１２'])(
  '%j is no amount',
  (text) => {
    expect(centsOf(text)).toBeNull();
  },
);

test.each([
  ['31/12/2027', '2027-12-31'],
  ['2027-12-31', '2027-12-31'],
  ['29/02/2028', '2028-02-29'],
  ['29/02/2027', null],
  ['12/31/2027', null],
  ['1/2/2027', null],
  ['46387', null],
  ['', null],
])('%s is the day %s', (text, day) => {
  expect(dayOf(text)).toBe(day);
});

test('a row is read by the names of its columns, in any order, among others', () => {
  const header = ['date', 'MOTIF', 'note', 'reference', 'montant accorde', 'action', 'N° de dossier'];
  expect(read(['01/03/2027', '', 'x', 'CP 3', '12,5', 'Jardin', '2027-gosb-1'], header)).toEqual({
    line: 2,
    dossierNumber: '2027-GOSB-1',
    actionTitle: 'Jardin',
    amountCents: 1250n,
    reference: 'CP 3',
    decidedOn: '2027-03-01',
    reason: null,
    fault: null,
  });
});

test.each([
  ['no dossier', ['', '', '1', 'R', '2027-01-01', ''], 'DOSSIER_MISSING'],
  ['a formula for an amount', ['D', '', '=SUM(A1)', 'R', '2027-01-01', ''], 'AMOUNT_UNREADABLE'],
  ['a day that is none', ['D', '', '1', 'R', '31/02/2027', ''], 'DATE_UNREADABLE'],
  ['no reference', ['D', '', '1', '', '2027-01-01', ''], 'REFERENCE_MISSING'],
  ['a text too long', ['D', '', '1', 'R'.repeat(201), '2027-01-01', ''], 'TEXT_TOO_LONG'],
])('a row with %s says so', (_what, cells, code) => {
  expect(read(cells)?.fault?.code).toBe(code);
});

test('a column that is missing, or there twice, is named; the reason may be', () => {
  expect(() => read([], HEADER.slice(0, 3))).toThrow(DecisionColumnsMissing);
  expect(() => read([], [...HEADER, 'date'])).toThrow(/« date »/);
  expect(read(['D', '', '1', 'R', '2027-01-01'], HEADER.slice(0, 5))?.reason).toBeNull();
  expect(() => readDecisions([])).toThrow(DecisionColumnsMissing);
});

test('a title is the same whatever its case, accents, apostrophes and spaces', () => {
  expect(folded('  L’Été\u00a0 au  PORT ')).toBe(folded("l'ete au port"));
});
