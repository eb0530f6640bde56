import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import type { CallRef, DossierRef, Listed, ToSomeone, WithLink } from './mail-parts.js';

export interface OpinionGiven {
  readonly dossierNumber: string;
  readonly actionTitle: string;
  readonly funder: string;
  readonly role: string;
  readonly opinion: 'favourable' | 'reserved' | 'unfavourable';
}

export interface OpinionsGiven extends ToSomeone, WithLink {
  readonly call: CallRef;
  /** The first and the last day on which they were given. */
  readonly from: Day;
  readonly until: Day;
  readonly opinions: Listed<OpinionGiven>;
  readonly counts: Readonly<Record<OpinionGiven['opinion'], number>>;
}

export interface OpinionsAsked extends ToSomeone, WithLink {
  readonly call: CallRef;
  readonly dossiers: Listed<DossierRef>;
}

/** Those that wait for their admissibility. */
export type DossiersFiled = OpinionsAsked;

export interface EnvelopeNearlyUsed extends ToSomeone, WithLink {
  readonly funder: string;
  readonly programme: string;
  readonly year: number;
  /** « secteur nord-est », « Ivry-sur-Seine »; null for an envelope that is no part of another. */
  readonly place: string | null;
  readonly ceilingCents: Money;
  readonly usedCents: Money;
}

export interface CallPublished extends ToSomeone, WithLink {
  readonly call: CallRef;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly isOpen: boolean;
}

export type CallOpen = CallPublished;

export type CallClosing = CallPublished;
