import { EVERYONE, type Case } from '../case.js';
import { MEMBERS, type Group } from '../personas.js';
import type { World } from '../world.js';

const COORDINATOR: Group = ['coordinator'];
/** A draft is the coordination's; the auditor reads everything. */
const DRAFT = 'a draft';
const call = (w: World) => [w.call.id];
const draft = (w: World) => [w.draftCall.id];

const calendar = (w: World) => ({
  title: 'Un autre appel',
  year: w.call.year,
  opensAt: w.call.opensAt,
  closesAt: w.call.closesAt,
  graceMinutes: 0,
  orientationCodes: ['O1'],
});
const act = (operation: string, body: (w: World) => object = () => ({})): Case[] => [
  { operation, at: call, body, allow: COORDINATOR, others: 'forbid' },
  { operation, on: DRAFT, at: draft, body, allow: COORDINATOR, forbid: ['auditor'] },
];

export const CALLS: readonly Case[] = [
  { operation: 'GET /v1/calls', row: (w) => w.call.id, allow: EVERYONE },
  { operation: 'GET /v1/calls', on: DRAFT, row: (w) => w.draftCall.id, allow: ['coordinator', 'auditor'], others: 'blind' },
  { operation: 'GET /v1/calls/{id}', at: call, allow: EVERYONE },
  { operation: 'GET /v1/calls/{id}', on: DRAFT, at: draft, allow: ['coordinator', 'auditor'] },
  { operation: 'POST /v1/calls', body: calendar, allow: COORDINATOR, others: 'forbid' },
  ...act('PATCH /v1/calls/{id}', () => ({ notes: 'Lire le guide' })),
  ...act('POST /v1/calls/{id}/publish'),
  ...act('POST /v1/calls/{id}/close'),
  ...act('POST /v1/calls/{id}/announce-results'),
  {
    operation: 'GET /v1/calls/{id}/extensions',
    at: call,
    row: (w) => w.extension,
    allow: [...MEMBERS, 'coordinator', 'auditor'],
    others: 'blind',
  },
  { operation: 'GET /v1/calls/{id}/extensions', on: DRAFT, at: draft, allow: ['coordinator', 'auditor'] },
  ...act('POST /v1/calls/{id}/extensions', (w) => ({ organisationId: w.b.id, until: w.call.closesAt, reason: 'Incendie' })),
];
