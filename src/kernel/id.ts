import { randomFillSync } from 'node:crypto';

/** Random bytes are drawn for many ids at a time: asking the system costs far more than an id does. */
const drawn = Buffer.alloc(4096);
let next = drawn.length;

function sixteenBytes(): Buffer {
  if (next === drawn.length) {
    randomFillSync(drawn);
    next = 0;
  }
  next += 16;
  return drawn.subarray(next - 16, next);
}

/** A UUID of version 7 (RFC 9562): sorts by the millisecond it was made in, so that indexes grow at their end. */
export function newId(now: number = Date.now()): string {
  const bytes = sixteenBytes();
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
