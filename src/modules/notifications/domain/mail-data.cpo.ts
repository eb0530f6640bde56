import type { Money } from '../../../kernel/money.js';
import type { ToSomeone, WithLink } from './mail-parts.js';

/** A multi-year agreement, as people tell it from another. */
interface AboutCpo extends ToSomeone, WithLink {
  readonly organisation: string;
  readonly funder: string;
  readonly reference: string | null;
  readonly dossierNumber: string;
  readonly actionTitle: string;
  readonly lastYear: number;
}

export interface TrancheToConfirm extends AboutCpo {
  readonly year: number;
  readonly amountCents: Money;
  /** Whether an envelope holds credits for it. */
  readonly isReserved: boolean;
}

export interface TrancheToAnnounce extends AboutCpo {
  readonly year: number;
  readonly amountCents: Money;
}

export interface CpoRenewal extends AboutCpo {
  readonly firstYear: number;
}
