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

let millisecond = -1;
let rank = 0;

/** Ids of one process and millisecond count up in the 12 bits after it, from a random start (RFC 9562, 6.2, method 1). */
function rankIn(now: number, seed: number): number {
  rank = now === millisecond ? rank + 1 : seed & 0x7ff;
  millisecond = now;
  return rank;
}

/** A UUID of version 7 (RFC 9562): sorts by the millisecond it was made in, then by the order it was made in, so that indexes grow at their end. */
export function newId(now: number = Date.now()): string {
  const bytes = sixteenBytes();
  const order = rankIn(now, bytes.readUInt16BE(6));
  // Past 4,096 in one millisecond, the next one is borrowed.
  bytes.writeUIntBE(now + (order >> 12), 0, 6);
  bytes.writeUInt16BE(0x7000 | (order & 0x0fff), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
