import type { Day } from '../../../kernel/day.js';
import { derivedId } from './derived-id.js';

/** One an organisation and day. */
export function documentReminderId(organisationId: string, day: Day): string {
  return derivedId(`documents-expiring ${organisationId} ${day}`);
}
