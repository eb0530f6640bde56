import type { Case } from '../case.js';
import { but, STAFF, type Group } from '../personas.js';
import type { World } from '../world.js';

/** Who holds a role of the staff, wherever it is: a session is the whole contract's. */
const ALL_STAFF: Group = [...STAFF, 'instructorArcueil', 'recused', 'delegateS', 'prefecture91', 'caf94'];
const COORDINATOR: Group = ['coordinator'];
const PLANNERS: Group = ['coordinator', 'auditor'];

const session = (w: World) => [w.committee];
const scenario = (w: World) => [w.scenario];
const lines = (w: World) => ({ lineIds: [w.lines.p147] });
const nothing = () => ({});

/** Who acts; the rest of the staff, who knows of it, is refused. */
const acting = (operation: string, at: Case['at'], body: Case['body'], allow: Group = COORDINATOR): Case => ({
  ...{ operation, body, allow },
  ...(at ? { at } : {}),
  forbid: but(ALL_STAFF, allow),
});
const reading = (operation: string, at: Case['at'], allow: Group = PLANNERS): Case => ({
  ...{ operation, allow },
  ...(at ? { at } : {}),
  forbid: but(ALL_STAFF, allow),
});

const created = (w: World) => ({
  callId: w.call.id,
  title: 'Comité',
  heldOn: '2027-03-01',
  quorum: 1,
  members: [{ name: 'Élue', institution: 'Ville' }],
});

export const COMMITTEE_CASES: readonly Case[] = [
  { operation: 'GET /v1/committees', row: (w) => w.committee, allow: ALL_STAFF, others: 'blind' },
  { operation: 'GET /v1/committees', on: 'in preparation', row: (w) => w.draftCommittee, allow: PLANNERS, others: 'blind' },
  { operation: 'POST /v1/committees', body: created, allow: COORDINATOR, others: 'forbid' },
  { operation: 'GET /v1/committees/{id}', at: session, allow: ALL_STAFF },
  { operation: 'GET /v1/committees/{id}', on: 'in preparation', at: (w) => [w.draftCommittee], allow: PLANNERS },
  {
    operation: 'GET /v1/committees/{id}/lines',
    at: session,
    row: (w) => w.lines.p147,
    allow: STAFF,
    blind: but(ALL_STAFF, STAFF),
  },
  acting('PATCH /v1/committees/{id}', session, () => ({ title: 'Comité' })),
  acting('POST /v1/committees/{id}/agenda', session, lines),
  acting('POST /v1/committees/{id}/remove-from-agenda', session, lines),
  acting('POST /v1/committees/{id}/convene', session, nothing),
  acting('PUT /v1/committees/{id}/attendance', session, () => ({ presentMemberIds: [], recusals: [] })),
  acting('POST /v1/committees/{id}/open', session, nothing),
  acting('PUT /v1/committees/{id}/decisions', session, (w) => ({
    decisions: [{ lineId: w.lines.p147, decision: 'adjourned', reason: 'Un motif' }],
  })),
  acting('POST /v1/committees/{id}/apply', session, nothing),
  acting('POST /v1/committees/{id}/close', session, nothing),
  {
    operation: 'POST /v1/committees/{id}/convene',
    on: 'in preparation',
    at: (w) => [w.draftCommittee],
    body: nothing,
    allow: COORDINATOR,
    forbid: ['auditor'],
  },
  reading('GET /v1/committees/{id}/minutes', session),
  reading('GET /v1/committees/{id}/minutes.pdf', session),
  reading('GET /v1/committees/{id}/scenarios', session),
  acting('POST /v1/committees/{id}/scenarios', session, () => ({ name: 'Un autre' })),
  reading('GET /v1/scenarios/{id}', scenario),
  reading('GET /v1/scenarios/{id}/amounts', scenario),
  reading('GET /v1/scenarios/{id}/totals', scenario),
  reading('GET /v1/scenarios/{id}/compare/{otherId}', (w) => [w.scenario, w.scenario]),
  acting('PUT /v1/scenarios/{id}/amounts', scenario, (w) => ({ amounts: [{ lineId: w.lines.p147, amountCents: 1000 }] })),
  acting('POST /v1/scenarios/{id}/spread', scenario, () => ({ method: 'ranked', amountCents: 1000 })),
  acting('POST /v1/scenarios/{id}/adopt', scenario, nothing),
];
