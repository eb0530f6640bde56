import { Archive } from './archive.js';
import type { NumberedRow } from './cell.js';
import { WORKBOOK_LIMITS, type WorkbookLimits } from './limits.js';
import { SheetReader } from './sheet-reader.js';
import { WorkbookRefused } from './spreadsheet.errors.js';
import { readXml } from './xml.js';

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const SHARED = 'xl/sharedStrings.xml';

/** An .xlsx on disk, read sheet by sheet and row by row: of its size, only the shared texts are held in memory, and those are bounded. */
export class Workbook {
  private rowsRead = 0;
  private shared: Promise<readonly string[]> | undefined;

  private constructor(
    private readonly archive: Archive,
    /** Path in the archive, by name of sheet. */
    private readonly sheets: ReadonlyMap<string, string>,
    private readonly limits: WorkbookLimits,
  ) {}

  /** @throws WorkbookRefused */
  static async open(path: string, limits: WorkbookLimits = WORKBOOK_LIMITS): Promise<Workbook> {
    const archive = await Archive.open(path, limits);
    try {
      return new Workbook(archive, await sheetsOf(archive, limits), limits);
    } catch (error) {
      archive.close();
      throw error;
    }
  }

  get sheetNames(): readonly string[] {
    return [...this.sheets.keys()];
  }

  /** The rows that hold something, a few hundred at a time. @throws WorkbookRefused */
  async *rows(sheet: string): AsyncGenerator<readonly NumberedRow[]> {
    const path = this.sheets.get(sheet);
    if (path === undefined) throw new WorkbookRefused(`il n’a pas de feuille « ${sheet} »`);
    this.shared ??= sharedTexts(this.archive, this.limits);
    const reader = new SheetReader(await this.shared, this.limits);
    for await (const _chunk of readXml(await this.archive.read(path), reader)) {
      const rows = reader.take();
      this.rowsRead += rows.length;
      if (this.rowsRead > this.limits.rows) throw new WorkbookRefused(`il dépasse ${this.limits.rows} lignes`);
      if (rows.length > 0) yield rows;
    }
  }

  close(): void {
    this.archive.close();
  }
}

/** Where each sheet stands. What points out of the file is refused, and so is a calendar that begins in 1904. */
async function sheetsOf(archive: Archive, limits: WorkbookLimits): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  const relations = {
    open: (name: string, { Id = '', Type = '', Target = '', TargetMode }: Readonly<Record<string, string>>) => {
      if (name !== 'Relationship') return;
      if (targets.size > limits.entries) throw new WorkbookRefused('il a trop de feuilles');
      if (TargetMode === 'External' || Type.endsWith('/externalLink')) throw new WorkbookRefused('il renvoie à d’autres fichiers');
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  };
  for await (const _chunk of readXml(await archive.read(RELATIONS), relations));
  const sheets = new Map<string, string>();
  const workbook = {
    open: (tag: string, attributes: Readonly<Record<string, string>>) => {
      if (tag === 'workbookPr' && /^(1|true)$/.test(attributes['date1904'] ?? ''))
        throw new WorkbookRefused('ses dates comptent depuis 1904 : enregistrez-le avec le calendrier de 1900');
      if (tag !== 'sheet') return;
      if (sheets.size > limits.entries) throw new WorkbookRefused('il a trop de feuilles');
      const relation = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1];
      const target = relation === undefined ? undefined : targets.get(relation);
      // A sheet that stands nowhere is found missing if someone asks for it.
      if (target !== undefined) sheets.set(attributes['name'] ?? '', target);
    },
  };
  for await (const _chunk of readXml(await archive.read(WORKBOOK), workbook));
  return sheets;
}

async function sharedTexts(archive: Archive, limits: WorkbookLimits): Promise<readonly string[]> {
  if (!archive.has(SHARED)) return [];
  const texts: string[] = [];
  let text = '';
  let length = 0;
  let isText = false;
  let isPhonetic = false;
  const handlers = {
    open: (name: string) => {
      if (name === 'rPh') isPhonetic = true;
      else if (name === 'si') text = '';
      else if (name === 't') isText = !isPhonetic;
    },
    text: (found: string) => {
      if (!isText) return;
      text += found;
      length += found.length;
      if (text.length > limits.cellLength) throw new WorkbookRefused('une cellule contient un texte démesuré');
      if (length > limits.sharedLength) throw new WorkbookRefused('ses textes sont démesurés');
    },
    close: (name: string) => {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') {
        texts.push(text);
        // Empty ones weigh too.
        length += 1;
        if (length > limits.sharedLength) throw new WorkbookRefused('ses textes sont démesurés');
      }
    },
  };
  for await (const _chunk of readXml(await archive.read(SHARED), handlers));
  return texts;
}
