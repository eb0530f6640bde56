import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation } from '../../../platform/auth/authorizer.js';
import { CONTRACT } from '../../../platform/auth/perimeter.js';
import type { CallCalendar } from '../domain/call.js';

/** A draft is hidden from those who may not read it; any other call is known to everyone. @throws NotFound, Forbidden */
export function authorizeWriting(actor: Actor, call: CallCalendar): void {
  if (call.state === 'draft') authorize(actor, 'call.write', [CONTRACT], 'call.read-draft');
  else authorizeCreation(actor, 'call.write', [CONTRACT]);
}
