import type { Day } from '../../../kernel/day.js';
import { type Money, subtract } from '../../../kernel/money.js';
import {
  ReasonMissing,
  ReceivedInFuture,
  RepaymentAboveAsked,
  RepaymentDueInPast,
  RepaymentEnded,
  RepaymentMoreThanPaid,
  RepaymentNotPositive,
} from './report.errors.js';

export const REPAYMENT_STATES = ['asked', 'received', 'written-off'] as const;
export type RepaymentState = (typeof REPAYMENT_STATES)[number];

const STATE_NAMES: Readonly<Record<RepaymentState, string>> = { asked: 'demandé', received: 'reçu en entier', 'written-off': 'abandonné' };

/** What a funder asks back of what it paid on one line; received in one or several parts, or given up. */
export interface Repayment {
  readonly id: string;
  readonly fundingLineId: string;
  readonly amountCents: Money;
  readonly receivedCents: Money;
  readonly state: RepaymentState;
  readonly version: number;
  readonly reason: string;
  readonly dueOn: Day;
  readonly titleReference: string | null;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly writeOffReason: string | null;
  readonly endedAt: Date | null;
}

/** What is still expected. */
export function leftOf({ amountCents, receivedCents }: Repayment): Money {
  return subtract(amountCents, receivedCents);
}

/** @throws RepaymentNotPositive, RepaymentMoreThanPaid, RepaymentDueInPast */
export function assertAsked(asked: { amountCents: Money; dueOn: Day }, paidCents: Money, today: Day): void {
  if (asked.amountCents <= 0n) throw new RepaymentNotPositive();
  if (asked.amountCents > paidCents) throw new RepaymentMoreThanPaid(asked.amountCents, paidCents);
  if (asked.dueOn < today) throw new RepaymentDueInPast(today);
}

/** A part of it, or the rest, came back. @throws RepaymentEnded, RepaymentNotPositive, RepaymentAboveAsked, ReceivedInFuture */
export function receive(repayment: Repayment, received: { amountCents: Money; receivedOn: Day }, today: Day, at: Date): Repayment {
  assertLive(repayment);
  if (received.amountCents <= 0n) throw new RepaymentNotPositive();
  const left = subtract(leftOf(repayment), received.amountCents);
  if (left < 0n) throw new RepaymentAboveAsked(received.amountCents, leftOf(repayment));
  if (received.receivedOn > today) throw new ReceivedInFuture();
  const receivedCents = (repayment.receivedCents + received.amountCents) as Money;
  const ended = left === 0n ? ({ state: 'received', endedAt: at } as const) : {};
  return { ...repayment, ...ended, receivedCents, version: repayment.version + 1 };
}

/** The funder gives up what is still expected. @throws RepaymentEnded, ReasonMissing */
export function giveUp(repayment: Repayment, reason: string, at: Date): Repayment {
  assertLive(repayment);
  const writeOffReason = reason.trim();
  if (writeOffReason === '') throw new ReasonMissing();
  return { ...repayment, state: 'written-off', writeOffReason, endedAt: at, version: repayment.version + 1 };
}

function assertLive({ state }: Repayment): void {
  if (state !== 'asked') throw new RepaymentEnded(STATE_NAMES[state]);
}
