import type { FirstApproval } from './first-approval.js';

/** A line after a decision, with what the next one should know: nothing else warns that its signatory is still to be verified. */
export type DecidedLine<Line> = Line & {
  readonly signatoryVerified: boolean;
  /** Given on the proposal that stands, waiting for a second person; null when none waits. */
  readonly firstApproval: FirstApproval | null;
};
