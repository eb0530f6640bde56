import { assertExtension, inParis, type CallCalendar } from './call.js';
import { CallNotPublished, ExtensionShortened } from './call.errors.js';

export interface Extension {
  readonly id: string;
  readonly organisationId: string;
  /** Last instant in time for this organisation, itself included. */
  readonly until: Date;
  readonly reason: string;
  readonly grantedAt: Date;
}

/** More time for one organisation; a second one only goes further. @throws CallNotPublished, ExtensionTooShort, ExtensionShortened */
export function assertGrantable(call: CallCalendar, previous: Extension | null, until: Date): void {
  if (call.state === 'draft') throw new CallNotPublished();
  assertExtension(call, until);
  if (previous !== null && until <= previous.until) throw new ExtensionShortened(inParis(previous.until));
}
