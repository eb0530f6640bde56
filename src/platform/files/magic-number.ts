import { DOCX, ODT, XLSX } from './file-purpose.js';

/** Bytes of a file's beginning that its type is judged on. */
export const HEAD_BYTES = 128;

const startsWith = (head: Buffer, ...bytes: readonly number[]): boolean => head.subarray(0, bytes.length).equals(Buffer.from(bytes));

const isZip = (head: Buffer): boolean => startsWith(head, 0x50, 0x4b, 0x03, 0x04);
/** OpenDocument asks for its type to stand first, stored as it is: it can be read without unzipping. */
const openDocumentType = (head: Buffer): string | null => {
  if (!isZip(head) || head.toString('latin1', 30, 38) !== 'mimetype') return null;
  const length = head.readUInt32LE(22);
  return head.toString('latin1', 38, Math.min(38 + length, head.length));
};
const isOfficeZip = (head: Buffer): boolean => isZip(head) && openDocumentType(head) === null;

const SIGNATURES: Readonly<Record<string, (head: Buffer) => boolean>> = {
  'application/pdf': (head) => head.toString('latin1', 0, 5) === '%PDF-',
  'image/jpeg': (head) => startsWith(head, 0xff, 0xd8, 0xff),
  'image/png': (head) => startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  'application/msword': (head) => startsWith(head, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
  [ODT]: (head) => openDocumentType(head) === ODT,
  [DOCX]: isOfficeZip,
  [XLSX]: isOfficeZip,
};

/** Whether a file that begins so is of the type it says. A type nobody described here is never believed. */
export function isOfType(mediaType: string, head: Buffer): boolean {
  return SIGNATURES[mediaType]?.(head) ?? false;
}
