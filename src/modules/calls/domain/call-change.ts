import { assertCalendar, callStatus, closingInstant, inParis } from './call.js';
import type { Call, CallContent } from './call-content.js';
import { CallFieldsFrozen, ClosingPassed, DeadlineAdvanced } from './call.errors.js';

export type CallChanges = { readonly [Field in keyof CallContent]?: CallContent[Field] };

/** What may still move once people have read the call; its deadlines only to give more time. */
const OPEN_ONCE_PUBLISHED: readonly (keyof CallContent)[] = ['notes', 'closesAt', 'reportDueOn'];

/**
 * The call with `changes`; the very same object when they change nothing.
 * @throws CallCalendarInvalid, CallFieldsFrozen, DeadlineAdvanced, ClosingPassed
 */
export function change(call: Call, changes: CallChanges, now: Date): Call {
  const after: Call = { ...call, ...changes };
  const changed = (Object.keys(changes) as (keyof CallContent)[]).filter((field) => !same(call[field], after[field]));
  if (changed.length === 0) return call;
  if (call.state !== 'draft') assertStillOpen(call, after, changed, now);
  assertCalendar(after.opensAt, after.closesAt);
  return after;
}

function assertStillOpen(call: Call, after: Call, changed: readonly (keyof CallContent)[], now: Date): void {
  const frozen = changed.filter((field) => !OPEN_ONCE_PUBLISHED.includes(field));
  if (frozen.length > 0) throw new CallFieldsFrozen(frozen);
  if (changed.includes('closesAt')) {
    const status = callStatus(call, now);
    if (status !== 'published' && status !== 'open') throw new ClosingPassed(inParis(closingInstant(call)));
    if (after.closesAt < call.closesAt) throw new DeadlineAdvanced('closesAt', inParis(call.closesAt));
  }
  if (call.reportDueOn !== null && (after.reportDueOn === null || after.reportDueOn < call.reportDueOn)) {
    throw new DeadlineAdvanced('reportDueOn', call.reportDueOn);
  }
}

function same(a: CallContent[keyof CallContent], b: CallContent[keyof CallContent]): boolean {
  return typeof a === 'bigint' || typeof b === 'bigint' ? a === b : JSON.stringify(a) === JSON.stringify(b);
}
