import type { ActionContent } from './action.js';
import { canonicalJson } from './content-hash.js';

/** Kept as sets: the order they are given in says nothing. */
const SETS = ['objectiveCodes', 'qpv', 'communes'] as const satisfies readonly (keyof ActionContent)[];

/** Whether `change` says anything else than what the action says already. A count left out and a count that is null are one. */
export function changesAction(before: ActionContent, change: Partial<ActionContent>): boolean {
  return said(before) !== said({ ...before, ...change });
}

function said(content: ActionContent): string {
  const sorted = Object.fromEntries(SETS.map((name) => [name, [...content[name]].sort()]));
  return canonicalJson(withoutNulls({ ...content, ...sorted }));
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => (member === null ? [] : [[key, withoutNulls(member)]])));
}
