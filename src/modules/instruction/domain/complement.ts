import { daysBetween, type Day } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { ComplementTooLate, DueDateNotAhead, DueDateTooFar } from './complement.errors.js';

/**
 * The most days that an answer may be given. Longer than the two months of silence that it suspends (CRPA, L. 231-4), a request for a complement
 * would no longer complete a dossier but put it off: it is then inadmissible, or for the next call.
 */
export const MOST_DAYS = 60;

/** One thing to complete: where (a JSON pointer into the dossier, empty for the whole of it), and what. */
export interface ComplementItem {
  readonly pointer: string;
  readonly text: string;
}

export interface ComplementRequest {
  readonly id: string;
  readonly dossierId: string;
  readonly reason: string;
  readonly items: readonly ComplementItem[];
  /** The last day on which the answer is received, until midnight in Paris. */
  readonly dueOn: Day;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
  readonly answer: string | null;
  readonly lapsedAt: Date | null;
}

/** `dropped`: the dossier was withdrawn meanwhile. */
export const COMPLEMENT_STATUSES = ['open', 'answered', 'lapsed', 'dropped'] as const;
export type ComplementStatus = (typeof COMPLEMENT_STATUSES)[number];

/** @throws DueDateNotAhead, DueDateTooFar */
export function assertDueOn(dueOn: Day, today: Day): void {
  const ahead = daysBetween(today, dueOn);
  if (ahead < 1) throw new DueDateNotAhead(today);
  if (ahead > MOST_DAYS) throw new DueDateTooFar(MOST_DAYS);
}

export function isLive(request: ComplementRequest): boolean {
  return request.answeredAt === null && request.lapsedAt === null;
}

/** Whether its due day is over in Paris, whatever the length of that day. */
export function isOverdue(request: Pick<ComplementRequest, 'dueOn'>, at: Date): boolean {
  return parisDay(at) > request.dueOn;
}

/** The server's receipt decides, not the minute at which the clock that closes late requests goes by. @throws ComplementTooLate */
export function answered(request: ComplementRequest, answer: string, by: string, at: Date): ComplementRequest {
  if (isOverdue(request, at)) throw new ComplementTooLate(request.dueOn);
  return { ...request, answer, answeredBy: by, answeredAt: at };
}

/** The days during which the delay of silence does not run: from each request to its answer, or to its due date. */
export function suspensions(requests: readonly ComplementRequest[]): { requestedOn: Day; dueOn: Day; answeredOn: Day | null }[] {
  return requests.map(({ requestedAt, dueOn, answeredAt }) => ({
    requestedOn: parisDay(requestedAt),
    dueOn,
    answeredOn: answeredAt && parisDay(answeredAt),
  }));
}
