import type { Day } from '../../../kernel/day.js';
import type { CallRef, ToSomeone, WithLink } from './mail-parts.js';

interface AboutSession extends ToSomeone, WithLink {
  readonly title: string;
  readonly call: CallRef;
  readonly heldOn: Day;
  readonly place: string | null;
}

export interface CommitteeConvened extends AboutSession {
  readonly quorum: number;
  readonly lineCount: number;
  /** Organisations on the agenda that the member takes no part in judging. */
  readonly recusedFrom: readonly string[];
}

export interface MinutesAvailable extends AboutSession {
  /** SHA-256 of what was frozen, in hexadecimal. */
  readonly contentHash: string;
  /** Whether they may read the minutes themselves; else the coordination hands them over. */
  readonly mayRead: boolean;
}
