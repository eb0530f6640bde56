import { next } from '../../../kernel/transitions.js';
import {
  CallCalendarInvalid,
  CallClosed,
  CallNotOpen,
  CallNotPublished,
  CallWithoutOrientation,
  ExtensionTooShort,
} from './call.errors.js';
import { CALL_TRANSITIONS, CALL_WORDS, type CallStage, type CallState, type CallStatus } from './call.transitions.js';

/** The calendar of a call. Instants, so that no change of the clocks can move them; Paris time is only how they are written. */
export interface CallCalendar {
  readonly state: CallState;
  readonly stage: CallStage;
  readonly opensAt: Date;
  /** Last instant in time, itself included. */
  readonly closesAt: Date;
  /** Minutes announced with the call, for dossiers started before it closes. */
  readonly graceMinutes: number;
  /** When the coordination closed it by hand; null otherwise. */
  readonly closedAt: Date | null;
}

export interface CallToPublish extends CallCalendar {
  readonly orientationCodes: readonly string[];
}

/** What one dossier (or an organisation about to start one) has of its own. */
export interface DossierTiming {
  /** When its draft was created; null when it is not started. */
  readonly startedAt: Date | null;
  /** The individual extension granted to it; null without one. */
  readonly extensionUntil: Date | null;
}

/** @throws CallCalendarInvalid */
export function assertCalendar(opensAt: Date, closesAt: Date): void {
  if (!(opensAt.getTime() < closesAt.getTime())) throw new CallCalendarInvalid();
}

/** @throws ActNotAllowed, CallCalendarInvalid, CallWithoutOrientation */
export function publish<C extends CallToPublish>(call: C): C {
  const state = next(CALL_TRANSITIONS, call.state, 'publish', CALL_WORDS);
  assertCalendar(call.opensAt, call.closesAt);
  if (call.orientationCodes.length === 0) throw new CallWithoutOrientation();
  return { ...call, state };
}

/** Closes a call by hand, before its hour. Extensions already granted stand: each was given by name. @throws ActNotAllowed */
export function close<C extends CallCalendar>(call: C, now: Date): C {
  return { ...call, state: next(CALL_TRANSITIONS, call.state, 'close', CALL_WORDS), closedAt: now };
}

export function callStatus(call: CallCalendar, now: Date): CallStatus {
  if (call.state === 'draft') return 'draft';
  if (call.state === 'published' && now < call.opensAt) return 'published';
  if (call.state === 'published' && now <= call.closesAt) return 'open';
  return call.stage === 'none' ? 'closed' : call.stage;
}

/** The last instant at which the call takes dossiers from everyone: its announced closing, or earlier when closed by hand. */
export function closingInstant(call: CallCalendar): Date {
  return call.state === 'closed' && call.closedAt !== null && call.closedAt < call.closesAt ? call.closedAt : call.closesAt;
}

/**
 * The last instant, itself included, at which this dossier is in time. The grace only serves what was started before the closing;
 * a call closed by hand gives none.
 */
export function lastMomentFor(call: CallCalendar, dossier: DossierTiming): Date {
  const hasGrace = call.state !== 'closed' && dossier.startedAt !== null && dossier.startedAt < call.closesAt;
  const common = closingInstant(call).getTime() + (hasGrace ? call.graceMinutes * 60_000 : 0);
  return new Date(Math.max(common, dossier.extensionUntil?.getTime() ?? common));
}

/** `receivedAt`: when the server received the request, not when it was dealt with. @throws CallNotPublished, CallNotOpen, CallClosed */
export function assertOpenFor(call: CallCalendar, dossier: DossierTiming, receivedAt: Date): void {
  if (call.state === 'draft') throw new CallNotPublished();
  if (receivedAt < call.opensAt) throw new CallNotOpen(inParis(call.opensAt));
  const last = lastMomentFor(call, dossier);
  if (receivedAt > last) throw new CallClosed(inParis(last));
}

/** @throws ExtensionTooShort */
export function assertExtension(call: CallCalendar, until: Date): void {
  const closing = closingInstant(call);
  if (until <= closing) throw new ExtensionTooShort(inParis(closing));
}

/** `30 octobre 2026 à 12:00 (heure de Paris, UTC+1)`; the offset tells apart the two 02:30 of the night when the clocks go back. */
export function inParis(instant: Date): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', ...options }).format(instant);
  const wholeMinute = instant.getUTCSeconds() === 0;
  const time = part({ hour: '2-digit', minute: '2-digit', ...(wholeMinute ? {} : { second: '2-digit' }) });
  const offset = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeZoneName: 'shortOffset' })
    .formatToParts(instant)
    .find(({ type }) => type === 'timeZoneName');
  return `${part({ dateStyle: 'long' })} à ${time} (heure de Paris, ${offset?.value ?? ''})`;
}
