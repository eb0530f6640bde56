import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import type { Listed, ToSomeone, WithLink } from './mail-parts.js';

/** A grant, as its beneficiary knows it. */
export interface GrantRef {
  readonly funder: string;
  readonly scheme: string | null;
  readonly year: number;
  readonly dossierNumber: string;
  readonly actionTitle: string;
}

export interface PaymentAnnounced extends ToSomeone, WithLink, GrantRef {
  readonly organisation: string;
  readonly amountCents: Money;
  readonly requestedAt: Date;
}

export interface PaymentCancelled extends PaymentAnnounced {
  readonly cancelledAt: Date;
}

export interface PaymentMade extends GrantRef {
  readonly amountCents: Money;
  readonly paidOn: Day;
}

export interface PaymentsMade extends ToSomeone, WithLink {
  readonly organisation: string;
  readonly payments: Listed<PaymentMade>;
  readonly totalCents: Money;
}

export type PaymentsReversed = PaymentsMade;

export interface PaymentDue extends GrantRef {
  readonly organisation: string;
  readonly amountCents: Money;
  readonly dueOn: Day;
  /** The accountant was asked for it. */
  readonly isRequested: boolean;
}

export interface PaymentsDue extends ToSomeone, WithLink {
  readonly day: Day;
  /** The first due first; those that are late among them. */
  readonly payments: Listed<PaymentDue>;
}
