import { plusDays, type Day } from '../../../kernel/day.js';

/** Days during which a message is kept, from the day it was sent: whole, then without its words. */
export interface MessageTerms {
  readonly activeDays: number;
  readonly archivedDays: number;
}

/** What is over: the words, and all that is left, of the messages sent until that day. */
export interface Over {
  readonly words: Day;
  readonly proof: Day;
}

export function overOn(today: Day, { activeDays, archivedDays }: MessageTerms): Over {
  return { words: plusDays(today, -activeDays), proof: plusDays(today, -activeDays - archivedDays) };
}
