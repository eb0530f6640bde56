import type { Actor } from '../../../platform/auth/actor.js';

/** Someone acting on their own account without being signed in: who they are, and no right. */
export function personActor(id: string): Actor {
  return { id, kind: 'user', grants: [], recusedFrom: new Set() };
}
