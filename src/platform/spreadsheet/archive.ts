import type { Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { WorkbookLimits } from './limits.js';
import { WorkbookRefused } from './spreadsheet.errors.js';

/** Under this size nothing unfolds to much, whatever the ratio. */
const ALWAYS_SMALL = 1024 * 1024;

/** The files inside an .xlsx, on disk: its table is read and judged first, contents are unfolded as they are read, nothing is ever extracted. */
export class Archive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws WorkbookRefused */
  static async open(path: string, limits: WorkbookLimits): Promise<Archive> {
    const zip = await openPromise(path, { autoClose: false, strictFileNames: true }).catch((error: unknown) => {
      throw isOfTheSystem(error) ? error : new WorkbookRefused('ce n’est pas un fichier .xlsx, ou il est endommagé');
    });
    try {
      return new Archive(zip, await tableOf(zip, limits));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The content of a file, unfolded as it is read; one that unfolds to more than it says breaks the stream. @throws WorkbookRefused */
  async read(name: string): Promise<Readable> {
    const entry = this.entries.get(name);
    if (!entry) throw new WorkbookRefused(`il y manque ${name}`);
    return this.zip.openReadStreamPromise(entry);
  }

  close(): void {
    this.zip.close();
  }
}

async function tableOf(zip: ZipFile, limits: WorkbookLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw new WorkbookRefused(`il contient plus de ${limits.entries} fichiers`);
  const entries = new Map<string, Entry>();
  let unfolded = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      unfolded += entry.uncompressedSize;
      judge(entry, unfolded, limits);
      if (entries.has(entry.fileName)) throw new WorkbookRefused('il contient deux fois le même fichier');
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    // Whatever else yauzl finds wrong: a name that leaves the archive, a table that lies.
    throw error instanceof WorkbookRefused || isOfTheSystem(error) ? error : new WorkbookRefused('son archive est mal formée');
  }
  return entries;
}

function judge(entry: Entry, unfolded: number, limits: WorkbookLimits): void {
  const { uncompressedSize, compressedSize } = entry;
  if (entry.isEncrypted()) throw new WorkbookRefused('il est protégé par un mot de passe');
  if (!entry.canDecodeFileData()) throw new WorkbookRefused('sa compression n’est pas prévue');
  if (unfolded > limits.unfoldedBytes)
    throw new WorkbookRefused(`une fois décompressé il dépasse ${limits.unfoldedBytes / 1024 / 1024} Mio`);
  if (uncompressedSize > ALWAYS_SMALL && uncompressedSize > compressedSize * limits.ratio)
    throw new WorkbookRefused('il se décompresse de façon démesurée');
}

/** A disk that fails is no fault of the file. */
function isOfTheSystem(error: unknown): boolean {
  return typeof (error as { syscall?: unknown } | null)?.syscall === 'string';
}
