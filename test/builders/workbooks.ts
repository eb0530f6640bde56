import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A text; `{n}`: a number as it is written; `{f, v}`: a formula and what it was worth; `{inline}`: a text kept in its cell; null: nothing. */
export type CellSource = string | null | { n: string } | { f: string; v: string } | { inline: string };

export interface WorkbookSource {
  readonly sheets: Readonly<Record<string, readonly (readonly CellSource[])[]>>;
  /** Texts kept apart and shared, as Excel does. Default: true. */
  readonly shares?: boolean;
  /** Files put in the place of those that would be written, by name. */
  readonly over?: Readonly<Record<string, string>>;
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
const letters = (column: number): string =>
  (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

/** The XML of one sheet, row by row. */
function* sheetXml(rows: readonly (readonly CellSource[])[], share: (text: string) => number | null): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>';
  for (const [index, cells] of rows.entries()) {
    const written = cells.map((cell, column) => {
      const at = `r="${letters(column)}${index + 1}"`;
      if (cell === null) return '';
      if (typeof cell === 'string') {
        const shared = share(cell);
        return shared === null ? `<c ${at} t="inlineStr"><is><t>${escaped(cell)}</t></is></c>` : `<c ${at} t="s"><v>${shared}</v></c>`;
      }
      if ('n' in cell) return `<c ${at}><v>${cell.n}</v></c>`;
      if ('inline' in cell) return `<c ${at} t="inlineStr"><is><t>${escaped(cell.inline)}</t></is></c>`;
      return `<c ${at}><f>${escaped(cell.f)}</f><v>${cell.v}</v></c>`;
    });
    yield `<row r="${index + 1}">${written.join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

/** An .xlsx as a program would write it. */
export async function aWorkbook({ sheets, shares = true, over = {} }: WorkbookSource): Promise<Buffer> {
  const texts = new Map<string, number>();
  const share = (text: string): number | null => {
    if (!shares) return null;
    const known = texts.get(text) ?? texts.size;
    texts.set(text, known);
    return known;
  };
  const names = Object.keys(sheets);
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${names
      .map((name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names
      .map((_name, index) => `<Relationship Id="rId${index + 1}" Type="http://x/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`)
      .join('')}</Relationships>`,
  };
  for (const [index, name] of names.entries()) files[`xl/worksheets/sheet${index + 1}.xml`] = [...sheetXml(sheets[name]!, share)].join('');
  if (shares) files['xl/sharedStrings.xml'] = `<sst>${[...texts.keys()].map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`;
  return zipped({ ...files, ...over });
}

export async function zipped(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as string), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** A zip whose one big file is made as it goes, for what must not stand in memory. */
export async function zippedStream(files: Readonly<Record<string, string>>, name: string, content: Iterable<string>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [each, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), each);
  zip.addReadStream(Readable.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** Lends the content as a file. */
export async function onDisk<Result>(content: Buffer, use: (path: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'bievre-workbook-'));
  try {
    const path = join(folder, 'classeur.xlsx');
    await writeFile(path, content);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
