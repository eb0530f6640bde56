import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import type { Perimeter } from '../../../kernel/scope.js';
import type { CpoState } from './cpo.transitions.js';

/** A CPO as lists show it. */
export interface ListedCpo {
  readonly id: string;
  readonly version: number;
  readonly state: CpoState;
  readonly dossierId: string;
  readonly dossierNumber: string;
  readonly actionId: string;
  readonly actionTitle: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly funderId: string;
  readonly funderCode: string;
  readonly funderName: string;
  readonly scheme: string | null;
  readonly firstYear: number;
  readonly lastYear: number;
  readonly totalCents: Money;
  readonly reference: string | null;
  readonly signedOn: Day | null;
  readonly beneficiarySignedOn: Day | null;
  readonly actId: string | null;
  readonly reason: string | null;
  readonly endedOn: Day | null;
}

/** The funder, as far as finding its envelopes takes. */
export interface CpoFunder {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly departmentCode: string | null;
  readonly inseeCode: string | null;
}

/** A CPO with what its readers' rights and its funder's envelopes are found by. */
export interface FoundCpo {
  readonly cpo: ListedCpo;
  readonly funder: CpoFunder;
  readonly isProgramme147: boolean;
  readonly perimeter: Perimeter;
}

/** A tranche with its line as it stands. */
export interface TrancheRow {
  readonly year: number;
  readonly rank: number;
  readonly lineId: string;
  readonly lineState: string;
  readonly lineVersion: number;
  readonly amountCents: Money;
  readonly requestedCents: Money;
  readonly grantedCents: Money | null;
  readonly reservedCents: Money;
  readonly committedCents: Money;
  readonly envelopeId: string | null;
  readonly confirmedAt: Date | null;
  /** When the report on the year before was accepted; null until then, and for the first year. */
  readonly reportAcceptedAt: Date | null;
}

/** What a negotiation or an amendment agreed on. Amounts as integers of cents in text: JSON's numbers are floats. */
export interface CpoVersion {
  readonly number: number;
  readonly tranches: readonly { readonly year: number; readonly amountCents: string }[];
  readonly reason: string | null;
  readonly writtenByName: string;
  readonly writtenAt: Date;
}

export interface CpoFilter {
  readonly year?: number;
  readonly state?: string;
  readonly organisationId?: string;
  readonly funderId?: string;
}
