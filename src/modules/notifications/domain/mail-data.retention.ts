import type { Day } from '../../../kernel/day.js';
import type { ToSomeone, WithLink } from './mail-parts.js';

export interface AccountClosing extends ToSomeone, WithLink {
  readonly closingOn: Day;
  readonly lastSeenOn: Day;
  /** What keeps the account open, such as `POST https://…/v1/auth/login`. */
  readonly operation: string;
}
