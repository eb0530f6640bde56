import { columnOf, type Cell, type NumberedRow } from './cell.js';
import type { WorkbookLimits } from './limits.js';
import { WorkbookRefused } from './spreadsheet.errors.js';
import type { XmlHandlers } from './xml.js';

/** The rows of one sheet, gathered while its XML goes by. */
export class SheetReader implements XmlHandlers {
  /** Complete, and not taken yet. */
  private rows: NumberedRow[] = [];
  private cells: (Cell | undefined)[] = [];
  private rowNumber = 0;
  private column = -1;
  private type = '';
  private value = '';
  private isComputed = false;
  /** Inside what holds a value (`v`), or the text of an inline string (`t`). */
  private isValue = false;
  private isPhonetic = false;

  constructor(
    private readonly shared: readonly string[],
    private readonly limits: WorkbookLimits,
  ) {}

  take(): NumberedRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'c':
        this.openCell(attributes);
        break;
      case 'v':
        this.isValue = true;
        break;
      case 't':
        this.isValue = this.type === 'inlineStr' && !this.isPhonetic;
        break;
      case 'f':
        this.isComputed = true;
        break;
      case 'row':
        this.openRow(attributes['r']);
        break;
      case 'rPh':
        this.isPhonetic = true;
        break;
      default:
    }
  }

  text(text: string): void {
    if (!this.isValue) return;
    this.value += text;
    if (this.value.length > this.limits.cellLength) throw new WorkbookRefused('une cellule contient un texte démesuré');
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.isValue = false;
        break;
      case 'c':
        this.closeCell();
        break;
      case 'row':
        if (this.cells.length > 0) this.rows.push({ number: this.rowNumber, cells: this.cells });
        break;
      case 'rPh':
        this.isPhonetic = false;
        break;
      default:
    }
  }

  private openRow(number: string | undefined): void {
    // Both the number of a row and the place of a cell may be left out: they then follow the last one.
    const said = number === undefined ? this.rowNumber + 1 : Number(number);
    if (!Number.isInteger(said) || said <= this.rowNumber) throw new WorkbookRefused('ses lignes ne se suivent pas');
    this.rowNumber = said;
    this.cells = [];
    this.column = -1;
  }

  private openCell({ r: reference, t: type = 'n' }: Readonly<Record<string, string>>): void {
    const column = reference === undefined ? this.column + 1 : columnOf(reference);
    if (column === null || column <= this.column) throw new WorkbookRefused('ses cellules ne se suivent pas');
    if (column >= this.limits.columns) throw new WorkbookRefused(`une ligne dépasse ${this.limits.columns} colonnes`);
    this.column = column;
    this.type = type;
    this.value = '';
    this.isComputed = false;
  }

  /** An empty text is an empty cell. */
  private closeCell(): void {
    if (this.value === '') return;
    const cell = this.cell();
    if (cell.text !== '') this.cells[this.column] = cell;
  }

  private cell(): Cell {
    const { type, value, isComputed } = this;
    if (type === 's') {
      const text = this.shared[Number(value)];
      if (text === undefined) throw new WorkbookRefused('une cellule renvoie à un texte qui n’existe pas');
      return { kind: 'text', text, isComputed };
    }
    if (type === 'n') return { kind: 'number', text: value.trim(), isComputed };
    return { kind: type === 'inlineStr' || type === 'str' || type === 'd' ? 'text' : 'other', text: value, isComputed };
  }
}
