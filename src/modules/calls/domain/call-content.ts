import type { Day } from '../../../kernel/day.js';
import { cents, type Money } from '../../../kernel/money.js';
import { callStatus, type CallToPublish } from './call.js';
import type { CallStatus } from './call.transitions.js';
import type { TrackCode } from './track.js';

/** What the coordination writes of a call. */
export interface CallContent {
  readonly title: string;
  /** The year of the actions. */
  readonly year: number;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly graceMinutes: number;
  /** In the contract's order. */
  readonly orientationCodes: readonly string[];
  readonly trackCodes: readonly TrackCode[];
  /** Share of public money in an action's products, in percent: a choice of the call, not law. */
  readonly publicMoneyCeilingPercent: number;
  /** Months after which the silence of the administration is a refusal: code des relations entre le public et l'administration, art. L231-4. */
  readonly implicitRejectionMonths: number;
  readonly reportDueOn: Day | null;
  /** From which gap with the budget a report has to explain itself: past so many percent, and at least so many cents. */
  readonly reportGapPercent: number;
  readonly reportGapCents: Money;
  readonly notes: string | null;
}

export interface Call extends CallContent, CallToPublish {
  readonly id: string;
  readonly version: number;
  readonly publishedAt: Date | null;
}

/** A call as it is read at a given instant. */
export interface CallSeen extends Call {
  readonly status: CallStatus;
}

export const seenAt = (call: Call, now: Date): CallSeen => ({ ...call, status: callStatus(call, now) });

export const DEFAULTS = {
  publicMoneyCeilingPercent: 80,
  implicitRejectionMonths: 2,
  reportGapPercent: 10,
  reportGapCents: cents(50_000),
} as const;
