import { buffer } from 'node:stream/consumers';
import type { DocumentBlock, FrenchDocument } from '../../kernel/document.js';
import { printable } from './fonts.js';
import { drawGrid } from './grid.js';
import {
  asArtifact,
  BODY,
  columnWidth,
  drawTagged,
  makeRoom,
  MARGINS,
  openSheet,
  RULE,
  useStyle,
  type Sheet,
  type Tag,
  type TextStyle,
} from './sheet.js';

const HEADINGS: Readonly<Record<1 | 2 | 3, TextStyle & { readonly before: number }>> = {
  1: { font: 'bold', size: 18, before: 0 },
  2: { font: 'bold', size: 13, before: 12 },
  3: { font: 'bold', size: 11, before: 8 },
};

/** Indent of a list's text from its bullet, in points. */
const INDENT = 14;

/** A tagged PDF (PDF 1.7, PDF/UA-1): structure, language, title and fonts are in the file. Same document, same bytes. */
export async function renderPdf(document: FrenchDocument): Promise<Buffer> {
  const sheet = openSheet(document);
  const root = sheet.struct('Document');
  sheet.addStructure(root);
  for (const block of document.blocks) drawBlock(sheet, root, block);
  root.end();
  drawFooters(sheet, printable(document.footer ?? ''));
  sheet.end();
  return buffer(sheet);
}

function drawBlock(sheet: Sheet, root: Tag, block: DocumentBlock): void {
  switch (block.kind) {
    case 'heading':
      drawHeading(sheet, root, block.level, printable(block.text));
      break;
    case 'paragraph':
      drawFlow(sheet, root, 'P', printable(block.text), 8);
      break;
    case 'facts':
      drawGrid(sheet, root, { head: null, rows: block.rows, align: ['left', 'left'], namedRows: true });
      break;
    case 'table':
      drawGrid(sheet, root, { ...block, align: block.align ?? [], namedRows: false });
      break;
    case 'list':
      drawList(sheet, root, block.items.map(printable));
      break;
  }
}

function drawHeading(sheet: Sheet, root: Tag, level: 1 | 2 | 3, text: string): void {
  const style = HEADINGS[level];
  const width = columnWidth(sheet);
  const height = useStyle(sheet, style).heightOfString(text, { width });
  // A heading never stands alone at the bottom of a page.
  const moved = makeRoom(sheet, style.before + height + 60);
  if (!moved && sheet.y > MARGINS.top) sheet.y += style.before;
  useStyle(sheet, style);
  drawTagged(sheet, root, `H${level}`, () => sheet.text(text, MARGINS.left, sheet.y, { width }));
  sheet.y += 6;
}

function drawFlow(sheet: Sheet, parent: Tag, tag: string, text: string, after: number): void {
  useStyle(sheet, BODY);
  makeRoom(sheet, 2 * sheet.currentLineHeight(true));
  drawTagged(sheet, parent, tag, () => sheet.text(text, MARGINS.left, sheet.y, { width: columnWidth(sheet) }));
  sheet.y += after;
}

function drawList(sheet: Sheet, root: Tag, items: readonly string[]): void {
  const list = sheet.struct('L');
  root.add(list);
  for (const text of items) {
    useStyle(sheet, BODY);
    makeRoom(sheet, 2 * sheet.currentLineHeight(true));
    const top = sheet.y;
    const item = sheet.struct('LI');
    list.add(item);
    drawTagged(sheet, item, 'Lbl', () => sheet.text('•', MARGINS.left, top, { lineBreak: false }));
    drawTagged(sheet, item, 'LBody', () => sheet.text(text, MARGINS.left + INDENT, top, { width: columnWidth(sheet) - INDENT }));
    item.end();
    sheet.y += 3;
  }
  list.end();
  sheet.x = MARGINS.left;
  sheet.y += 6;
}

function drawFooters(sheet: Sheet, footer: string): void {
  const { start, count } = sheet.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    sheet.switchToPage(start + index);
    // Writing below the margin would otherwise open a page.
    sheet.page.margins.bottom = 0;
    const top = sheet.page.height - MARGINS.bottom + 22;
    const width = columnWidth(sheet);
    asArtifact(sheet, 'Pagination', () => {
      sheet
        .moveTo(MARGINS.left, top - 6)
        .lineTo(MARGINS.left + width, top - 6)
        .lineWidth(0.5)
        .stroke(RULE);
      useStyle(sheet, { font: 'regular', size: 8.5 });
      sheet.text(footer, MARGINS.left, top, { width: width - 90, height: 24, ellipsis: true });
      sheet.text(`Page ${index + 1} sur ${count}`, MARGINS.left + width - 80, top, { width: 80, align: 'right', lineBreak: false });
    });
  }
}
