import { printable } from './fonts.js';
import {
  asArtifact,
  BODY,
  columnHeight,
  columnWidth,
  drawTagged,
  makeRoom,
  MARGINS,
  RULE,
  STRONG,
  useStyle,
  type Sheet,
  type Tag,
} from './sheet.js';

/** Points between a cell's edge and its text. */
const PADDING = 4;

export interface Grid {
  readonly head: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
  readonly align: readonly ('left' | 'right')[];
  /** Whether the first cell of a row names the row. */
  readonly namedRows: boolean;
  readonly caption?: string | undefined;
}

interface Cell {
  readonly text: string;
  readonly tag: 'TH' | 'TD';
  readonly scope: 'Row' | 'Column' | null;
}

/** Draws a table: rows are never cut, the head comes back on each page. */
export function drawGrid(sheet: Sheet, parent: Tag, grid: Grid): void {
  const head = grid.head?.map((text): Cell => ({ text: printable(text), tag: 'TH', scope: 'Column' })) ?? null;
  const rows = grid.rows.map((row) => row.map((text, column): Cell => bodyCell(text, grid.namedRows && column === 0)));
  const widths = columnWidths(sheet, head === null ? rows : [head, ...rows]);
  const table = sheet.struct('Table');
  parent.add(table);
  if (grid.caption !== undefined) drawCaption(sheet, table, grid.caption);
  if (head !== null) {
    makeRoom(sheet, rowHeight(sheet, head, widths) + rowHeight(sheet, rows[0] ?? [], widths));
    const section = sheet.struct('THead');
    table.add(section);
    drawRow(sheet, section, head, widths, grid.align);
    section.end();
  }
  const body = sheet.struct('TBody');
  table.add(body);
  for (const row of rows) {
    const height = rowHeight(sheet, row, widths);
    if (height > columnHeight(sheet) / 2) {
      drawStacked(sheet, body, row, head);
      continue;
    }
    if (makeRoom(sheet, height) && head !== null) repeatHead(sheet, head, widths, grid.align);
    drawRow(sheet, body, row, widths, grid.align);
  }
  body.end();
  table.end();
  sheet.x = MARGINS.left;
  sheet.y += 10;
}

function bodyCell(text: string, named: boolean): Cell {
  return { text: printable(text), tag: named ? 'TH' : 'TD', scope: named ? 'Row' : null };
}

function drawCaption(sheet: Sheet, table: Tag, caption: string): void {
  makeRoom(sheet, 60);
  const width = columnWidth(sheet);
  drawTagged(sheet, table, 'Caption', () => useStyle(sheet, STRONG).text(printable(caption), MARGINS.left, sheet.y, { width }));
  sheet.y += 4;
}

function drawRow(sheet: Sheet, section: Tag, cells: readonly Cell[], widths: readonly number[], align: readonly string[]): void {
  const top = sheet.y;
  const row = sheet.struct('TR');
  section.add(row);
  let x: number = MARGINS.left;
  for (const [column, cell] of cells.entries()) {
    const left = x;
    const width = widths[column] ?? 0;
    drawTagged(
      sheet,
      row,
      cell.tag,
      () => {
        drawText(sheet, cell, left, top, width, align[column] === 'right');
      },
      scopeOf(cell),
    );
    x += width;
  }
  row.end();
  finishRow(sheet, top + rowHeight(sheet, cells, widths));
}

function repeatHead(sheet: Sheet, head: readonly Cell[], widths: readonly number[], align: readonly string[]): void {
  const top = sheet.y;
  asArtifact(sheet, 'Pagination', () => {
    let x: number = MARGINS.left;
    for (const [column, cell] of head.entries()) {
      drawText(sheet, cell, x, top, widths[column] ?? 0, align[column] === 'right');
      x += widths[column] ?? 0;
    }
  });
  finishRow(sheet, top + rowHeight(sheet, head, widths));
}

/** A row too tall to stand in columns: its cells one below the other over the whole width, free to run over several pages. */
function drawStacked(sheet: Sheet, section: Tag, cells: readonly Cell[], head: readonly Cell[] | null): void {
  const row = sheet.struct('TR');
  section.add(row);
  for (const [column, cell] of cells.entries()) {
    makeRoom(sheet, 50);
    const label = head?.[column]?.text;
    if (label !== undefined)
      asArtifact(sheet, 'Layout', () => {
        drawText(sheet, { text: label, tag: 'TH', scope: null }, MARGINS.left, sheet.y, columnWidth(sheet), false);
      });
    drawTagged(
      sheet,
      row,
      cell.tag,
      () => {
        drawText(sheet, cell, MARGINS.left, sheet.y, columnWidth(sheet), false);
      },
      scopeOf(cell),
    );
  }
  row.end();
  finishRow(sheet, sheet.y + PADDING);
}

function scopeOf(cell: Cell): PDFKit.Mixins.StructureElementOptions {
  return cell.scope === null ? {} : { scope: cell.scope };
}

function drawText(sheet: Sheet, cell: Cell, x: number, y: number, width: number, right: boolean): void {
  useStyle(sheet, cell.tag === 'TH' ? STRONG : BODY);
  sheet.text(cell.text, x + PADDING, y + PADDING, { width: width - 2 * PADDING, align: right ? 'right' : 'left' });
}

function finishRow(sheet: Sheet, bottom: number): void {
  asArtifact(sheet, 'Layout', () => {
    sheet
      .moveTo(MARGINS.left, bottom)
      .lineTo(MARGINS.left + columnWidth(sheet), bottom)
      .lineWidth(0.5)
      .stroke(RULE);
  });
  sheet.x = MARGINS.left;
  sheet.y = bottom;
}

function rowHeight(sheet: Sheet, cells: readonly Cell[], widths: readonly number[]): number {
  const heights = cells.map((cell, column) => {
    useStyle(sheet, cell.tag === 'TH' ? STRONG : BODY);
    return sheet.heightOfString(cell.text, { width: (widths[column] ?? 0) - 2 * PADDING });
  });
  return Math.max(0, ...heights) + 2 * PADDING + 1;
}

/** Each column holds its longest word; the rest is shared by how much more each would like, so that one long text doesn't starve the others. */
function columnWidths(sheet: Sheet, rows: readonly (readonly Cell[])[]): number[] {
  const total = columnWidth(sheet);
  const columns = Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_, column) => {
    const needs = rows.map((row) => cellWidths(sheet, row[column]));
    const least = Math.max(0, ...needs.map((need) => need.least));
    return { least, wanted: Math.min(2 * total, Math.max(least, ...needs.map((need) => need.wanted))) };
  });
  const least = columns.reduce((sum, column) => sum + column.least, 0);
  const more = columns.reduce((sum, column) => sum + column.wanted - column.least, 0);
  const spare = total - least;
  if (spare < 0) return columns.map((column) => (column.least * total) / least);
  if (more === 0) return columns.map((column) => column.least + spare / columns.length);
  return columns.map((column) => column.least + (spare * (column.wanted - column.least)) / more);
}

function cellWidths(sheet: Sheet, cell: Cell | undefined): { least: number; wanted: number } {
  if (cell === undefined) return { least: 0, wanted: 0 };
  useStyle(sheet, cell.tag === 'TH' ? STRONG : BODY);
  const widest = (parts: readonly string[]): number => Math.max(...parts.map((part) => sheet.widthOfString(part))) + 2 * PADDING + 1;
  return { least: widest(cell.text.split(/[ \n]/u)), wanted: widest(cell.text.split('\n')) };
}
