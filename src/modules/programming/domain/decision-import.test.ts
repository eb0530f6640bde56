import { cents } from '../../../kernel/money.js';
import type { DecisionRow } from './decision-file.js';
import { matchRows } from './decision-import.js';

const aRow = (over: Partial<DecisionRow> = {}): DecisionRow => ({
  line: 2,
  dossierNumber: 'D1',
  actionTitle: 'Un été au port',
  amountCents: cents(100),
  reference: 'R',
  decidedOn: '2027-03-01',
  reason: null,
  fault: null,
  ...over,
});
const lines = [
  { lineId: 'a', dossierNumber: 'D1', actionTitle: 'Un été au port' },
  { lineId: 'b', dossierNumber: 'D1', actionTitle: 'Un jardin' },
  { lineId: 'c', dossierNumber: 'D2', actionTitle: 'Un été au port' },
  { lineId: 'd', dossierNumber: 'D3', actionTitle: 'Deux fois' },
  { lineId: 'e', dossierNumber: 'D3', actionTitle: 'Deux fois' },
];
const accepts = () => null;
const found = (rows: readonly DecisionRow[], judge: Parameters<typeof matchRows>[2] = accepts) =>
  matchRows(rows, lines, judge).map(({ status, lineId, code }) => [status, lineId, code]);

test.each<[string, Partial<DecisionRow>, readonly (string | null)[]]>([
  ['its dossier and its action', {}, ['matched', 'a', null]],
  ['its action typed again', { actionTitle: 'UN ETE AU PORT' }, ['matched', 'a', null]],
  ['its dossier alone, which asks for one thing', { dossierNumber: 'D2', actionTitle: '' }, ['matched', 'c', null]],
  ['its dossier alone, which asks for two', { actionTitle: '' }, ['ambiguous', null, 'LINE_AMBIGUOUS']],
  ['an action asked for twice', { dossierNumber: 'D3', actionTitle: 'deux fois' }, ['ambiguous', null, 'LINE_AMBIGUOUS']],
  ['another dossier', { dossierNumber: 'D9' }, ['unknown', null, 'LINE_UNKNOWN']],
  ['another action', { actionTitle: 'Autre' }, ['unknown', null, 'LINE_UNKNOWN']],
  ['something unreadable', { fault: { code: 'X', detail: 'x' } }, ['refused', null, 'X']],
])('a row is found by %s', (_what, over, expected) => {
  expect(found([aRow(over)])).toEqual([expected]);
});

test('a rule refuses a row on its line', () => {
  expect(found([aRow()], () => ({ code: 'RULE', detail: 'non' }))).toEqual([['refused', 'a', 'RULE']]);
});

test('a line is decided once a file; a refused row leaves it to the next', () => {
  expect(found([aRow(), aRow({ line: 3 })])).toEqual([
    ['matched', 'a', null],
    ['refused', 'a', 'LINE_TWICE'],
  ]);
  const judge = ({ line }: DecisionRow) => (line === 2 ? { code: 'RULE', detail: 'non' } : null);
  expect(found([aRow(), aRow({ line: 3 })], judge)).toEqual([
    ['refused', 'a', 'RULE'],
    ['matched', 'a', null],
  ]);
});
