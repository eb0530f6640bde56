import { assertOpenFor, lastMomentFor, type CallCalendar, type DossierTiming } from '../../calls/index.js';
import { isPrivate } from '../domain/dossier.js';
import type { DossierWithTerms } from '../persistence/dossier.repository.js';

/** The calendar of the dossier's call, as the rules of calls read it. */
function calendarOf({ terms }: DossierWithTerms): CallCalendar {
  const { publishedAt, opensAt, closesAt, graceMinutes, closedAt } = terms;
  const state = publishedAt === null ? 'draft' : closedAt === null ? 'published' : 'closed';
  return { state, stage: 'none', opensAt, closesAt, graceMinutes, closedAt };
}

const timingOf = ({ createdAt, terms }: DossierWithTerms): DossierTiming => ({
  startedAt: createdAt,
  extensionUntil: terms.extensionUntil,
});

/** The last instant at which it may be written and submitted, itself included. */
export function deadlineOf(dossier: DossierWithTerms): Date {
  return lastMomentFor(calendarOf(dossier), timingOf(dossier));
}

/**
 * Drafts are written and submitted within the call; what follows a submission has dates of its own.
 * @throws CallNotPublished, CallNotOpen, CallClosed
 */
export function assertInTime(dossier: DossierWithTerms, receivedAt: Date): void {
  if (isPrivate(dossier)) assertOpenFor(calendarOf(dossier), timingOf(dossier), receivedAt);
}
