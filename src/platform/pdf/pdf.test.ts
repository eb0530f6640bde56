import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import type { DocumentBlock, FrenchDocument } from '../../kernel/document.js';
import { printable } from './fonts.js';
import { renderPdf } from './render-pdf.js';

const aDocument = (over: Partial<FrenchDocument> = {}): FrenchDocument => ({
  title: 'Récépissé de dépôt',
  language: 'fr-FR',
  author: 'EPT Grand-Orly Seine Bièvre',
  createdAt: new Date('2027-01-15T09:30:00Z'),
  footer: 'Dossier 2027-GOSB-000123',
  blocks: [
    { kind: 'heading', level: 1, text: 'Récépissé de dépôt' },
    { kind: 'heading', level: 2, text: 'Le dépôt' },
    { kind: 'paragraph', text: 'Reçu à l’heure, au cœur de l’été : 1 500,00 €.' },
    { kind: 'facts', rows: [['Numéro', '2027-GOSB-000123']] },
    { kind: 'table', caption: 'Actions', head: ['Action', 'Montant'], rows: [['Ateliers', '1 500,00 €']], align: ['left', 'right'] },
    { kind: 'list', items: ['un recours gracieux', 'un recours contentieux'] },
  ],
  ...over,
});

/** The file with its compressed streams opened, as Latin-1 text. */
function opened(pdf: Buffer): string {
  const raw = pdf.toString('latin1');
  return raw.replace(/\/Filter \/FlateDecode[^]*?stream\n([^]*?)\nendstream/g, (whole, body: string) => {
    return whole.replace(body, () => inflateSync(Buffer.from(body, 'latin1')).toString('latin1'));
  });
}

/** The structure types in the order of the file's objects. */
const tagsOf = (pdf: Buffer): string[] => [...pdf.toString('latin1').matchAll(/\/S \/(\w+)\n/g)].map((match) => match[1] ?? '');
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\n/g)?.length ?? 0;
const utf16 = (text: string): string => Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('latin1');

test('says its language, its title, that it is tagged, and that it is PDF/UA-1', async () => {
  const pdf = await renderPdf(aDocument());
  const text = pdf.toString('latin1');
  expect(text.startsWith('%PDF-1.7')).toBe(true);
  expect(text).toContain('/Lang (fr-FR)');
  expect(text).toContain('/MarkInfo');
  expect(text).toContain('/Marked true');
  expect(text).toContain('/StructTreeRoot');
  expect(text).toContain('/DisplayDocTitle true');
  expect(text).toContain(`(${utf16('Récépissé de dépôt')})`);
  expect(text).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/);
});

test('tags each block by what it is', async () => {
  const tags = new Set(tagsOf(await renderPdf(aDocument())));
  expect([...tags].sort()).toEqual(
    ['Document', 'H1', 'H2', 'P', 'Table', 'Caption', 'THead', 'TBody', 'TR', 'TH', 'TD', 'L', 'LI', 'Lbl', 'LBody'].sort(),
  );
});

test('header cells say whether they head a row or a column', async () => {
  const text = (await renderPdf(aDocument())).toString('latin1');
  expect(text.match(/\/Scope \/Column/g)).toHaveLength(2);
  expect(text.match(/\/Scope \/Row/g)).toHaveLength(1);
});

test('embeds its fonts and names no other', async () => {
  const text = (await renderPdf(aDocument())).toString('latin1');
  expect(new Set(text.match(/\/BaseFont \/\S+/g)?.map((name) => name.replace(/^.*\+/, '')))).toEqual(
    new Set(['NotoSans-Regular', 'NotoSans-Bold']),
  );
  expect(text.match(/\/FontFile2/g)).toHaveLength(2);
});

test('the same document gives the same bytes', async () => {
  const first = await renderPdf(aDocument());
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await renderPdf(aDocument())).equals(first)).toBe(true);
  expect((await renderPdf(aDocument({ createdAt: new Date('2027-01-16T09:30:00Z') }))).equals(first)).toBe(false);
});

test('what a reader copies does not depend on what was drawn before', async () => {
  // Under an accent, an i is drawn by the glyph of the dotless one: two letters, one glyph.
  for (const [text, code] of [
    ['i\u030b', '0069'],
    ['\u0131', '0131'],
    ['i\u030b', '0069'],
  ] as const) {
    const pdf = opened(await renderPdf(aDocument({ blocks: [{ kind: 'paragraph', text }], footer: '' })));
    expect(pdf).toMatch(new RegExp(`beginbfrange[^]*<${code}>`));
  }
});

test('a long text runs over several numbered pages', async () => {
  const paragraph: DocumentBlock = { kind: 'paragraph', text: 'Une phrase de l’association. '.repeat(600) };
  const pdf = await renderPdf(aDocument({ blocks: [paragraph] }));
  expect(pagesOf(pdf)).toBeGreaterThan(2);
  expect(opened(pdf).match(/\/Artifact <<\n\/Type \/Pagination\n>> BDC/g)).toHaveLength(pagesOf(pdf));
  // One paragraph, however many pages it takes.
  expect(tagsOf(pdf)).toEqual(['P', 'Document']);
});

test('a long table, with a cell taller than a page, keeps every row', async () => {
  const rows = Array.from({ length: 80 }, (_, index) => [`Action ${index}`, index === 40 ? 'mot '.repeat(4000) : '10,00 €']);
  const pdf = await renderPdf(aDocument({ blocks: [{ kind: 'table', head: ['Action', 'Montant'], rows }] }));
  expect(pagesOf(pdf)).toBeGreaterThan(4);
  expect(tagsOf(pdf).filter((tag) => tag === 'TR')).toHaveLength(81);
  expect(tagsOf(pdf).filter((tag) => tag === 'TH')).toHaveLength(2);
});

test('the metadata stays well-formed XML whatever the title', async () => {
  const text = (await renderPdf(aDocument({ title: 'Arts & <Jeux>' }))).toString('utf8');
  expect(text).toContain('>Arts et ‹Jeux›</rdf:li>');
});

test.each([
  ['e\u0301te\u0301', 'été'],
  ['a\r\nb\u2028c', 'a\nb\nc'],
  ['a\u200b\u0000b', 'ab'],
  ['12\u202f345,67\u00a0€', '12\u202f345,67\u00a0€'],
  ['fête 🎉', 'fête \ufffd'],
])('draws %j as %j', (text, drawn) => {
  expect(printable(text)).toBe(drawn);
});

test('no text makes it fail, nor draws a glyph that the fonts lack', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
      const pdf = await renderPdf(
        aDocument({
          title: text,
          footer: text,
          blocks: [
            { kind: 'paragraph', text },
            { kind: 'list', items: [text] },
          ],
        }),
      );
      // PDF strings are hexadecimal glyph numbers; 0000 is the missing glyph.
      const glyphs = [...opened(pdf).matchAll(/<([0-9a-f]{4,})>(?=[^\n]*TJ)/g)].flatMap((match) => match[1]?.match(/.{4}/g) ?? []);
      expect(glyphs).not.toContain('0000');
      expect(glyphs.length).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});
