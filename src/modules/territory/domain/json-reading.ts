/** Narrow readings of parsed JSON. Each throws with the place where the file says something else than expected. */
export type Json = Readonly<Record<string, unknown>>;

export class ReferenceMalformed extends Error {
  constructor(at: string, expected: string) {
    super(`reference data: ${at} should be ${expected}`);
  }
}

export function objectAt(value: unknown, at: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ReferenceMalformed(at, 'an object');
  return value as Json;
}

export function listAt<T>(value: unknown, at: string, read: (item: unknown, at: string) => T): T[] {
  if (!Array.isArray(value)) throw new ReferenceMalformed(at, 'a list');
  return value.map((item: unknown, index) => read(item, `${at}/${index}`));
}

export function textAt(value: unknown, at: string): string {
  if (typeof value !== 'string' || value === '') throw new ReferenceMalformed(at, 'a text');
  return value;
}

export function integerAt(value: unknown, at: string): number {
  if (!Number.isSafeInteger(value)) throw new ReferenceMalformed(at, 'a whole number');
  return value as number;
}

export function numberAt(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new ReferenceMalformed(at, 'a number');
  return value;
}

export function flagAt(value: unknown, at: string): boolean {
  if (typeof value !== 'boolean') throw new ReferenceMalformed(at, 'true or false');
  return value;
}

/** Null when the value is absent or null. */
export function orNull<T>(value: unknown, at: string, read: (value: unknown, at: string) => T): T | null {
  return value === undefined || value === null ? null : read(value, at);
}

export const textsAt = (value: unknown, at: string): string[] => listAt(value, at, textAt);
