import { wrongIndicators, type IndicatorType, type IndicatorValue } from './indicator.js';

const wrong = (type: IndicatorType, target: IndicatorValue | null) => wrongIndicators([{ label: 'x', type, baseline: null, target }]);

test.each<[IndicatorType, IndicatorValue]>([
  ['count', 0],
  ['count', 40],
  ['rate', 12.5],
  ['rate', 100],
  ['amount', 150_000],
  ['boolean', false],
  ['date', '2027-02-28'],
  ['text', 'mieux'],
])('%s accepts %j', (type, value) => {
  expect(wrong(type, value)).toEqual([]);
});

test.each<[IndicatorType, IndicatorValue]>([
  ['count', 1.5],
  ['count', -1],
  ['count', '3'],
  ['rate', 100.1],
  ['rate', -1],
  ['amount', 0.1],
  ['amount', 2 ** 53],
  ['boolean', 'oui'],
  ['boolean', 1],
  ['date', '28/02/2027'],
  ['date', '2027-13-01'],
  ['text', 3],
])('%s refuses %j', (type, value) => {
  expect(wrong(type, value)).toEqual([expect.objectContaining({ pointer: '/indicators/0/target', code: 'INDICATOR_VALUE_INVALID' })]);
});

test('a value may be missing, and both are checked', () => {
  expect(wrong('count', null)).toEqual([]);
  const both = wrongIndicators([
    { label: 'a', type: 'count', baseline: 1, target: 2 },
    { label: 'b', type: 'date', baseline: 1, target: true },
  ]);
  expect(both.map(({ pointer }) => pointer)).toEqual(['/indicators/1/baseline', '/indicators/1/target']);
});
