import { createHash } from 'node:crypto';

/** The same id each time it is asked for the same thing, by whichever process: a UUID (version 8, RFC 9562) of what makes it one. */
export function derivedId(what: string): string {
  const bytes = createHash('sha256').update(what).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
