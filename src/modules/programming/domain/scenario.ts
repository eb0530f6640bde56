import type { Money } from '../../../kernel/money.js';
import { ScenarioAlreadyAdopted } from './scenario.errors.js';

/** A named set of amounts over the agenda of a session. */
export interface Scenario {
  readonly id: string;
  readonly committeeId: string;
  readonly name: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly adoptedAt: Date | null;
}

export interface ScenarioAmount {
  readonly lineId: string;
  /** 0: nothing for this line. */
  readonly amountCents: Money;
  /** What it would be paid from; needed for a line of programme 147. */
  readonly envelopeId: string | null;
}

/** A line of the session with what the scenario gives it; null: not looked at. */
export interface PlannedLine {
  readonly lineId: string;
  readonly position: number;
  readonly organisationId: string;
  readonly requestedCents: Money;
  readonly amountCents: Money | null;
  readonly envelopeId: string | null;
}

/** What was adopted is what was voted: it is no longer written. @throws ScenarioAlreadyAdopted */
export function assertWritable({ adoptedAt }: Scenario): void {
  if (adoptedAt !== null) throw new ScenarioAlreadyAdopted();
}
