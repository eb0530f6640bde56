import { createHash } from 'node:crypto';

/**
 * JSON with one way of being written: sorted keys, no space, an amount (bigint) as a string of its digits, an instant in RFC 3339,
 * a property that is undefined left out. The order of arrays counts. @throws TypeError on what has no such form (functions, NaN …)
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`No canonical form for a value of type ${typeof value}.`);
}

/** SHA-256, in hexadecimal, of what the signatory attests: two contents have the same one only when nothing differs. */
export function contentHash(content: object): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
