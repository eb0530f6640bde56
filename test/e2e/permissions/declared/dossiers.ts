import type { Case } from '../case.js';
import { but, MEMBERS, SEERS, WRITERS, type Group } from '../personas.js';
import type { World } from '../world.js';
import { SHARED_SEERS } from './shared.js';

const SIGNATORY: Group = ['signatoryA'];
const DRAFT = 'a draft';
const SHARED = 'of both départements';

const dossier = (w: World) => [w.dossier.id];
const action = (w: World) => [w.dossier.actionId];
const budget = (w: World) => [w.dossier.actionId, w.dossier.year];
const draft = {
  dossier: (w: World) => [w.draft.id],
  action: (w: World) => [w.draft.actionId],
  budget: (w: World) => [w.draft.actionId, w.draft.year],
};
/** Reads of a submitted dossier and of a draft, which its organisation only knows of. */
const read = (operation: string, submitted: Case['at'], drafted: Case['at']): Case[] => [
  { operation, at: submitted, allow: SEERS },
  { operation, on: DRAFT, at: drafted, allow: MEMBERS },
];
/** Acts of some members, that whoever else sees the dossier may not do. */
const act = (operation: string, submitted: Case['at'], drafted: Case['at'], allow: Group, body: object = {}): Case[] => [
  { operation, at: submitted, body: () => body, allow, forbid: but(SEERS, allow) },
  { operation, on: DRAFT, at: drafted, body: () => body, allow, forbid: but(MEMBERS, allow) },
];

const withdrawal = () => ({ reason: 'Plus de local' });
const anAction = { title: 'Une autre', orientationCode: 'O1', startsOn: '2027-02-01', endsOn: '2027-11-30' };

export const DOSSIERS: readonly Case[] = [
  { operation: 'GET /v1/dossiers', row: (w) => w.dossier.id, allow: SEERS, others: 'blind' },
  { operation: 'GET /v1/dossiers', on: DRAFT, row: (w) => w.draft.id, allow: MEMBERS, others: 'blind' },
  { operation: 'GET /v1/dossiers', on: SHARED, row: (w) => w.shared.id, allow: SHARED_SEERS, others: 'blind' },
  {
    operation: 'POST /v1/dossiers',
    body: (w) => ({ callId: w.call.id, organisationId: w.a.id, title: 'Un autre' }),
    allow: WRITERS,
    others: 'forbid',
  },
  {
    operation: 'POST /v1/dossiers',
    on: 'in a draft call, which is said unknown',
    body: (w) => ({ callId: w.draftCall.id, organisationId: w.a.id, title: 'Un autre' }),
    allow: WRITERS,
    others: 'forbid',
  },
  ...read('GET /v1/dossiers/{id}', dossier, draft.dossier),
  { operation: 'GET /v1/dossiers/{id}', on: SHARED, at: (w) => [w.shared.id], allow: SHARED_SEERS },
  ...act('PATCH /v1/dossiers/{id}', dossier, draft.dossier, WRITERS, { title: 'Autrement dit' }),
  // A council reads the actions of its QPV: not the whole file, nor the paper that the organisation was given.
  { operation: 'GET /v1/dossiers/{id}/completeness', at: dossier, allow: but(SEERS, ['councilGagarine']) },
  { operation: 'GET /v1/dossiers/{id}/completeness', on: DRAFT, at: draft.dossier, allow: MEMBERS },
  { operation: 'GET /v1/dossiers/{id}/receipt', at: dossier, allow: but(SEERS, ['councilGagarine']) },
  { operation: 'GET /v1/dossiers/{id}/receipt', on: DRAFT, at: draft.dossier, allow: MEMBERS },
  ...act('POST /v1/dossiers/{id}/request-attestation', dossier, draft.dossier, WRITERS),
  ...act('POST /v1/dossiers/{id}/attest', dossier, draft.dossier, SIGNATORY),
  ...act('POST /v1/dossiers/{id}/submit', dossier, draft.dossier, SIGNATORY),
  // What was submitted is the organisation's word, which its signatory gave and alone takes back.
  { operation: 'POST /v1/dossiers/{id}/withdraw', at: dossier, body: withdrawal, allow: SIGNATORY, forbid: but(SEERS, SIGNATORY) },
  {
    operation: 'POST /v1/dossiers/{id}/withdraw',
    on: DRAFT,
    at: draft.dossier,
    body: withdrawal,
    allow: WRITERS,
    forbid: but(MEMBERS, WRITERS),
  },

  ...act('POST /v1/dossiers/{id}/actions', dossier, draft.dossier, WRITERS, anAction),
  ...read('GET /v1/actions/{id}', action, draft.action),
  {
    operation: 'GET /v1/actions/{id}',
    on: 'in Gagarine, of a dossier of both départements',
    at: (w) => [w.shared.actionId],
    allow: but(SHARED_SEERS, ['councilNoyerRenard']),
  },
  {
    operation: 'GET /v1/actions/{id}',
    on: 'in Noyer Renard, of a dossier of both départements',
    at: (w) => [w.shared.action91],
    allow: but(SHARED_SEERS, ['councilGagarine']),
  },
  ...act('PATCH /v1/actions/{id}', action, draft.action, WRITERS, { title: 'Autrement dit' }),
  ...act('DELETE /v1/actions/{id}', action, draft.action, WRITERS),
  ...read('GET /v1/actions/{id}/budgets/{year}', budget, draft.budget),
  ...act('PUT /v1/actions/{id}/budgets/{year}', budget, draft.budget, WRITERS, { charges: [], products: [] }),
  ...act('DELETE /v1/actions/{id}/budgets/{year}', budget, draft.budget, WRITERS),
];
