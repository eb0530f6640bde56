import type { Money } from '../../../kernel/money.js';
import type { DecidableLine } from './decidable-line.js';
import type { EnvelopeCounters } from './envelope.js';
import type { Perimeter } from '../../../kernel/scope.js';

/** One action's request to one funder, for one scheme (if it has several) and one year. One id from the request to the last euro justified. */
export interface FundingLine extends DecidableLine {
  readonly id: string;
  readonly actionId: string;
  readonly dossierId: string;
  readonly callId: string;
  readonly organisationId: string;
  readonly funderId: string;
  readonly funderName: string;
  readonly scheme: string | null;
  readonly year: number;
  readonly version: number;
  /** What it holds of its envelope, as a reservation or as a commitment. */
  readonly reservedCents: Money;
  readonly committedCents: Money;
  /** Paid and not recovered. What a funder without an envelope here paid is counted too. */
  readonly paidCents: Money;
  /** Number of its legal commitment in Chorus (engagement juridique, 10 characters), once known. */
  readonly ejNumber: string | null;
  readonly proposedAt: Date | null;
  readonly decidedAt: Date | null;
  /** When its decision was told to the applicant; null until then. */
  readonly announcedAt: Date | null;
  /** When the signed act reached the beneficiary, which starts the clock of the payment; null until then. */
  readonly notifiedAt: Date | null;
}

/** What rights over a line follow from its funder. */
export interface FunderOfLine {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  /** Of a funder that acts in one département only. */
  readonly departmentCode: string | null;
  /** Of a commune that funds. */
  readonly inseeCode: string | null;
}

/** A line in the hands of someone who judges it, with what their rights are read from. */
export interface LineInHand {
  readonly line: FundingLine;
  readonly funder: FunderOfLine;
  /** Every scope that its dossier is seen from. */
  readonly perimeter: Perimeter;
  /** The dossier's sectors that lie in the funder's département. */
  readonly funderSectors: readonly string[];
  readonly dossier: {
    readonly state: string;
    readonly number: string;
    /** Whether who attested it was verified on evidence. */
    readonly signatoryVerified: boolean;
  };
  /** Above which amount its funder wants two approvers; null as long as it never said anything of it. */
  readonly approvalRule: { readonly secondApproverAboveCents: Money | null } | null;
  /** What the line's envelope held when it was read, without a lock: enough to refuse, never enough to grant. Null when none holds it. */
  readonly envelope: EnvelopeCounters | null;
}
