import type { FilePurpose } from './file-purpose.js';

/** A file that someone sent, complete and checked. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: bigint;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly purpose: FilePurpose;
  readonly uploadedBy: string;
  readonly createdAt: Date;
}

/** What a file is attached to: from then on it lasts as long as that. */
export interface FileOwner {
  readonly purpose: FilePurpose;
  /** As the audit names it: `act`, `chorus-import`, `report` … */
  readonly ownerType: string;
  readonly ownerId: string;
}
