import type { Readable } from 'node:stream';

/** A stored content that a listing meets. */
export interface StoredContent {
  readonly id: string;
  readonly storedAt: Date;
}

/** Where contents are kept, by the id of their file. What is stored is whole and never changes. */
export abstract class FileStorage {
  /** Takes the complete file that stands at `path`, and may move it. Once this resolves the content survives a crash. */
  abstract put(id: string, path: string, sizeBytes: number): Promise<void>;
  /** Rejects, rather than answer a stream that breaks, when there is no such content. */
  abstract open(id: string): Promise<Readable>;
  /** Nothing happens when there is none. */
  abstract remove(id: string): Promise<void>;
  abstract list(): AsyncIterable<StoredContent>;
}
