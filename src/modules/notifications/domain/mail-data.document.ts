import type { Day } from '../../../kernel/day.js';
import type { Listed, ToSomeone, WithLink } from './mail-parts.js';

export interface EndingDocument {
  /** What its kind is called: « attestation d’assurance ». */
  readonly label: string;
  readonly validUntil: Day;
  readonly isExpired: boolean;
}

/** What an organisation gave and that will soon count no more, or already does not. */
export interface DocumentsExpiring extends ToSomeone, WithLink {
  readonly organisation: string;
  readonly documents: Listed<EndingDocument>;
}
