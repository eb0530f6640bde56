import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import type { AboutDossier, CallRef, DossierRef, Listed, ToSomeone, WithLink } from './mail-parts.js';

export interface ComplementLapsed extends AboutDossier {
  /** What had been asked. */
  readonly reason: string;
  /** The day by which the answer was asked. */
  readonly dueOn: Day;
  readonly implicitRejectionOn: Day;
}

export type ComplementUnanswered = ComplementLapsed;

export interface DossierToDecide extends DossierRef {
  readonly implicitRejectionOn: Day;
  /** Whether it is admissible is still to say. */
  readonly awaitsAdmissibility: boolean;
}

export interface DecisionsDue extends ToSomeone, WithLink {
  readonly call: CallRef;
  /** Those that its reader can answer, the first to be rejected first. */
  readonly dossiers: Listed<DossierToDecide>;
}

export interface SilentRequest {
  readonly actionTitle: string;
  readonly funder: string;
  readonly scheme: string | null;
  readonly year: number;
  readonly requestedCents: Money;
}

export interface ImplicitRejection extends AboutDossier {
  readonly implicitRejectionOn: Day;
  /** What was asked of the State, and not answered. */
  readonly requests: Listed<SilentRequest>;
}
