import type { Actor } from './actor.js';

/** The platform itself, when a clock or an event acts and nobody's hand does. */
export const SYSTEM: Actor = { id: '00000000-0000-7000-8000-000000000000', kind: 'system', grants: [], recusedFrom: new Set() };
