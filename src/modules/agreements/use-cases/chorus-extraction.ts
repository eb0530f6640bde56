import { Workbook, type NumberedRow } from '../../../platform/spreadsheet/index.js';
import { assertHeadersWithin, CHORUS_SHEETS, columnsOf, type ChorusColumns } from '../domain/chorus-columns.js';
import { readEntry, type ReadEntry } from '../domain/chorus-entry.js';
import { NotAnExtraction } from '../domain/chorus.errors.js';

/** Reads the payments of an extraction that stands on disk, some hundreds at a time, in their order. @throws WorkbookRefused, NotAnExtraction */
export async function* readExtraction(path: string): AsyncGenerator<readonly ReadEntry[]> {
  const workbook = await Workbook.open(path);
  try {
    const sheets = workbook.sheetNames.filter((name) => CHORUS_SHEETS.includes(name.trim()));
    if (sheets.length === 0) {
      throw new NotAnExtraction(`il n’a pas de feuille « ${CHORUS_SHEETS.join(' » ni « ')} »`);
    }
    for (const sheet of sheets) yield* entriesOf(workbook.rows(sheet), sheet);
  } finally {
    workbook.close();
  }
}

async function* entriesOf(rows: AsyncIterable<readonly NumberedRow[]>, sheet: string): AsyncGenerator<readonly ReadEntry[]> {
  let columns: ChorusColumns | null = null;
  for await (const some of rows) {
    const entries: ReadEntry[] = [];
    for (const { number, cells } of some) {
      if (columns === null) {
        assertHeadersWithin(number, sheet);
        columns = columnsOf(cells);
        continue;
      }
      const entry = readEntry(sheet, number, cells, columns);
      if (entry) entries.push(entry);
    }
    if (entries.length > 0) yield entries;
  }
}
