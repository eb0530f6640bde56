import { MalformedCsv, readCsv, TooManyCsvRows } from './read-csv.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, maxRows = 10) => readCsv(bytes(text), maxRows);

test.each([
  ['semicolons', 'a;b\n1;2,50\n'],
  ['commas', 'a,b\n1,"2,50"\n'],
  ['the mark of UTF-8', '\ufeffa;b\n1;2,50'],
  ['line ends of Windows, and empty rows', 'a;b\r\n\r\n;\r\n1;2,50\r\n\r\n'],
  ['spaces around', 'a; b \n 1;2,50 '],
])('reads %s', (_what, text) => {
  expect(read(text).map(({ cells }) => cells)).toEqual([
    ['a', 'b'],
    ['1', '2,50'],
  ]);
});

test('keeps formulas, quotes and line breaks as the text they are', () => {
  expect(read('a;b\n=1+1;"@x ""y"" ;\nz"').at(1)).toEqual({ line: 3, cells: ['=1+1', '@x "y" ;\nz'] });
});

test('composes accents', () => {
  expect(read('e\u0301;b').at(0)?.cells).toEqual(['é', 'b']);
});

test.each([
  ['a column too many', 'a;b\n1;2\n1;2;3\n', 3],
  ['a column too few', 'a;b\n1\n', 2],
  ['a quote never closed', 'a;b\n1;2\n"1;2\n1;2\n', 3],
  ['a quote in the middle', 'a;b\n1"2";3\n', 2],
  ['a NUL', 'a;b\n1;\u0000\n', 2],
  ['an endless record', `a;b\n1;${'x'.repeat(30_000)}\n`, 2],
])('refuses %s, and says where', (_what, text, line) => {
  const error = (() => {
    try {
      return read(text);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(MalformedCsv);
  expect((error as MalformedCsv).fields).toMatchObject([{ pointer: `/lines/${line}` }]);
});

test('refuses what is not UTF-8, and says where', () => {
  expect(() => readCsv(Buffer.from('a;b\n1;é\n', 'latin1'), 10)).toThrow(/ligne 2 .*UTF-8/);
});

test('refuses a file past its rows', () => {
  expect(() => read('a;b\n1;2\n3;4\n', 2)).toThrow(TooManyCsvRows);
  expect(read('a;b\n1;2\n', 2)).toHaveLength(2);
});
