/** What a workbook may be at most. Everything past it is refused while it is read, before it weighs on the machine. */
export interface WorkbookLimits {
  /** Files inside the archive. */
  readonly entries: number;
  /** Of all that the archive unfolds to, in bytes. */
  readonly unfoldedBytes: number;
  /** Unfolded ÷ folded size of a file past one mebibyte: XML of a real workbook stays under fifty. */
  readonly ratio: number;
  /** Rows that hold something, over all the sheets that are read, headers included. */
  readonly rows: number;
  readonly columns: number;
  /** Characters of a cell; Excel itself allows 32,767. */
  readonly cellLength: number;
  /** Characters of all the shared texts together, which are held in memory. */
  readonly sharedLength: number;
}

const MIB = 1024 * 1024;

export const WORKBOOK_LIMITS: WorkbookLimits = {
  entries: 200,
  unfoldedBytes: 256 * MIB,
  ratio: 200,
  rows: 100_000,
  columns: 100,
  cellLength: 32_767,
  sharedLength: 16 * MIB,
};
