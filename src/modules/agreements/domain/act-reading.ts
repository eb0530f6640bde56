import type { Money } from '../../../kernel/money.js';
import type { Act } from './act.js';

/** What the list of acts is filtered by; every filter given must hold. */
export interface ActFilter {
  readonly callId?: string;
  readonly funderId?: string;
  readonly organisationId?: string;
  readonly kind?: string;
  readonly state?: string;
}

export interface ActLineView {
  readonly lineId: string;
  readonly dossierNumber: string;
  readonly actionTitle: string;
  /** In the act as it was prepared. Cents; exact, being under 2^53. */
  readonly amountCents: number;
}

/** An act as its readers see it. */
export interface ActView extends Act {
  readonly funderCode: string;
  readonly funderName: string;
  readonly organisationName: string;
  readonly contentSha256: string;
  readonly templateVersion: number;
  readonly lines: readonly ActLineView[];
  /** What public funders announced to the beneficiary for the year, and above what its accounts are certified and published. */
  readonly publicMoneyCents: Money;
  readonly accountsAboveCents: Money;
}

/** What one beneficiary gets of public funders in one year, as announced to it. */
export interface PublicMoney {
  readonly organisationId: string;
  readonly year: number;
  readonly totalCents: Money;
  readonly accountsAboveCents: Money;
  readonly byFunder: readonly { readonly funderId: string; readonly funderName: string; readonly grantedCents: Money }[];
}

/** Above the threshold, and not at it, accounts are certified and published (décret n° 2009-540). */
export function mustPublishAccounts(totalCents: Money, accountsAboveCents: Money): boolean {
  return totalCents > accountsAboveCents;
}

/** Where an act stands for its beneficiary's people: they read it once it is notified. */
export function isKnownToBeneficiary({ state }: Pick<Act, 'state'>): boolean {
  return state === 'notified';
}
