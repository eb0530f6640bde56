import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import type { CallRef, Listed, ToSomeone, WithLink } from './mail-parts.js';

export type ActKindToSign = 'order' | 'agreement' | 'cpo' | 'amendment' | 'refusal-letter';

export interface ActToSign {
  /** `2027-P147-94-0001` */
  readonly number: string;
  readonly kind: ActKindToSign;
  readonly organisation: string;
  readonly amountCents: Money;
}

export interface ActsToSign extends ToSomeone, WithLink {
  readonly call: CallRef;
  readonly funder: string;
  readonly acts: Listed<ActToSign>;
  readonly totalCents: Money;
}

export interface ActNotified extends ToSomeone, WithLink {
  /** `2027-P147-94-0001` */
  readonly number: string;
  readonly kind: Exclude<ActKindToSign, 'refusal-letter'>;
  readonly organisation: string;
  readonly funder: string;
  readonly year: number;
  readonly amountCents: Money;
  readonly signedOn: Day;
  readonly notifiedOn: Day;
}

/** A later year of an agreement over several years. */
export interface NotifiedTranche {
  /** Of the agreement, when it has one. */
  readonly reference: string | null;
  readonly action: string;
  /** Among how many years, the first one being 1. */
  readonly rank: number;
  readonly years: number;
  readonly year: number;
  readonly amountCents: Money;
  /** The year whose accepted report opened it. */
  readonly reportYear: number;
  readonly reportAcceptedOn: Day;
}

export interface TrancheNotified extends Omit<ActNotified, 'kind'> {
  /** At least one; an act of one year may hold those of several agreements. */
  readonly tranches: readonly NotifiedTranche[];
}
