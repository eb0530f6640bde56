import type { Money } from '../../../kernel/money.js';
import type { CommitteeDecisionKind } from './committee-decision.js';

/** One line of the agenda as those who sit read it. */
export interface AgendaRow {
  readonly position: number;
  readonly lineId: string;
  readonly lineState: string;
  readonly dossierNumber: string;
  readonly actionTitle: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly funderCode: string;
  readonly funderName: string;
  readonly year: number;
  readonly scheme: string | null;
  readonly requestedCents: Money;
  /** Null until something is decided. */
  readonly decision: CommitteeDecisionKind | null;
  readonly amountCents: Money | null;
  readonly envelopeId: string | null;
  /** Of the envelope. */
  readonly programme: string | null;
  readonly reason: string | null;
}
