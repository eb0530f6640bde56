export { Workbook } from './workbook.js';
export { dayOfSerial, type Cell, type NumberedRow, type Row } from './cell.js';
export { WorkbookRefused } from './spreadsheet.errors.js';
