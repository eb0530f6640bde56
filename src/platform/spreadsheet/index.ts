export { Workbook } from './workbook.js';
export type { Cell, NumberedRow, Row } from './cell.js';
export { WorkbookRefused } from './spreadsheet.errors.js';
