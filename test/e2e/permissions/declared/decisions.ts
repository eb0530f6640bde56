import type { Case } from '../case.js';
import { but, STAFF, STATE_91, STATE_94, type Group } from '../personas.js';
import type { World } from '../world.js';
import { SHARED_STAFF } from './shared.js';

/** How a line is judged is read by those who judge it: not by its applicant, nor by who is in conflict with it. */
const READERS = STAFF;
const PREFECTURE: Group = ['prefecture94'];

const P147 = 'of programme 147';
const CD94 = 'of the Val-de-Marne';
const IVRY = 'of Ivry';
const onP147 = (w: World) => [w.lines.p147];
const onCd94 = (w: World) => [w.lines.cd94];
const onIvry = (w: World) => [w.lines.ivry];

const propose = (w: World) => ({ amountCents: 1000, envelopeId: w.envelopes.p14794 });
const amount = () => ({ amountCents: 1000 });
const reason = () => ({ reason: 'Un motif' });
const recorded = () => ({ amountCents: 1000, decisionReference: 'Délibération 1', decidedOn: '2026-01-01' });

/** Who decides, on a line of A's dossier; who is in conflict is told so, whoever else reads the line is refused. */
const decide = (operation: string, on: string, at: Case['at'], body: Case['body'], allow: Group): Case => ({
  operation,
  on,
  at,
  body,
  allow,
  forbid: but([...READERS, 'recused'], allow),
});
/** On a line of the dossier of both départements: programme 147 is kept apart. */
const decideShared = (operation: string, on: string, line: (w: World) => string, body: Case['body'], allow: Group): Case => ({
  operation,
  on: `${on}, on a dossier of both départements`,
  at: (w) => [line(w)],
  body,
  allow,
  forbid: but(SHARED_STAFF, allow),
});
const byState = (act: string, body: Case['body']): Case[] => [
  decide(`POST /v1/funding-lines/{id}/${act}`, P147, onP147, body, STATE_94),
  decideShared(`POST /v1/funding-lines/{id}/${act}`, 'P147-94', (w) => w.sharedLines.p14794, body, STATE_94),
  decideShared(`POST /v1/funding-lines/{id}/${act}`, 'P147-91', (w) => w.sharedLines.p14791, body, STATE_91),
];

const delegation = (w: World, funderId: string) => ({
  userId: w.user.id,
  funderId,
  ceilingCents: 1000,
  validFrom: '2027-01-01',
  validUntil: '2027-12-31',
  reference: 'Arrêté 2',
});

export const DECISIONS: readonly Case[] = [
  { operation: 'GET /v1/funding-lines', on: P147, row: (w) => w.lines.p147, allow: READERS, others: 'blind' },
  { operation: 'GET /v1/funding-lines', on: CD94, row: (w) => w.lines.cd94, allow: READERS, others: 'blind' },
  {
    operation: 'GET /v1/funding-lines',
    on: 'of a draft',
    row: (w) => w.draftLine,
    allow: [],
    others: 'blind',
  },
  { operation: 'GET /v1/funding-lines/{id}', on: P147, at: onP147, allow: READERS },
  { operation: 'GET /v1/funding-lines/{id}', on: CD94, at: onCd94, allow: READERS },
  { operation: 'GET /v1/funding-lines/{id}', on: 'of a draft', at: (w) => [w.draftLine], allow: [] },
  ...byState('propose', propose),
  ...byState('approve', amount),
  ...byState('refuse', reason),
  ...byState('release', reason),
  decide('POST /v1/funding-lines/{id}/release', CD94, onCd94, reason, ['cd94']),
  decide('POST /v1/funding-lines/{id}/release', IVRY, onIvry, reason, ['instructorIvry']),
  decide('POST /v1/funding-lines/{id}/record-decision', P147, onP147, recorded, []),
  decide('POST /v1/funding-lines/{id}/record-decision', CD94, onCd94, recorded, ['cd94']),
  decide('POST /v1/funding-lines/{id}/record-decision', IVRY, onIvry, recorded, ['instructorIvry']),
  decideShared('POST /v1/funding-lines/{id}/record-decision', 'of Arcueil', (w) => w.sharedLines.arcueil, recorded, ['instructorArcueil']),

  {
    operation: 'POST /v1/signature-delegations',
    on: 'P147-94',
    body: (w) => delegation(w, w.funders['P147-94']),
    allow: PREFECTURE,
    others: 'forbid',
  },
  {
    operation: 'POST /v1/signature-delegations',
    on: 'P147-91',
    body: (w) => delegation(w, w.funders['P147-91']),
    allow: ['prefecture91'],
    others: 'forbid',
  },
  {
    operation: 'GET /v1/signature-delegations',
    row: (w) => w.delegation,
    allow: [...STATE_94, 'coordinator', 'auditor'],
    others: 'blind',
  },
];
