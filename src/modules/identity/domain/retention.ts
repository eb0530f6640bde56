import { plusDays, type Day } from '../../../kernel/day.js';
import { NoticeTooLong, NoticeTooShort, ProofTooShort } from './retention.errors.js';

export const RETAINED = ['account', 'session', 'one-time-link', 'message'] as const;
export type Retained = (typeof RETAINED)[number];

/** Everyone is promised to be told a month before their account closes: an account is lost for want of one message read in time. */
export const LEAST_NOTICE_DAYS = 30;

/** That someone was told is also what keeps the clocks from telling them anew: the longest reminder comes back for half a year. */
export const LEAST_PROOF_DAYS = 365;

/** How long a sort of object is kept: in use, then apart, then its fate. */
export interface RetentionRule {
  readonly object: Retained;
  /** From when the days are counted, in French. */
  readonly start: string;
  /** Days in use from its start. */
  readonly activeDays: number;
  /** Days before the end of use from which people are told. */
  readonly noticeDays: number;
  /** Days kept apart after them, before the fate. */
  readonly archivedDays: number;
  readonly fate: 'pseudonymise' | 'delete';
  readonly legalBasis: string;
  readonly version: number;
}

export type Durations = Pick<RetentionRule, 'activeDays' | 'noticeDays' | 'archivedDays'>;

/** @throws NoticeTooLong, NoticeTooShort, ProofTooShort */
export function withDurations(rule: RetentionRule, durations: Partial<Durations>): RetentionRule {
  const after = { ...rule, ...durations, version: rule.version + 1 };
  if (after.noticeDays > after.activeDays) throw new NoticeTooLong();
  if (after.object === 'account' && after.noticeDays < LEAST_NOTICE_DAYS) throw new NoticeTooShort(LEAST_NOTICE_DAYS);
  if (after.object === 'message' && after.activeDays + after.archivedDays < LEAST_PROOF_DAYS) throw new ProofTooShort(LEAST_PROOF_DAYS);
  return after;
}

/** The last day of use that is announced today: never sooner than the notice, however late one is told. */
export function closingDay(lastSeenOn: Day, { activeDays, noticeDays }: RetentionRule, today: Day): Day {
  const [due, noticed] = [plusDays(lastSeenOn, activeDays), plusDays(today, noticeDays)];
  return due > noticed ? due : noticed;
}

/** What stands for someone who has no name any more: the address leads nowhere, and is nobody else's. */
export function pseudonymOf(userId: string): { readonly email: string; readonly name: string } {
  return { email: `efface+${userId}@bievre.invalid`, name: 'Compte effacé' };
}
