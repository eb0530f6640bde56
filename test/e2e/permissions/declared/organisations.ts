import { aSiret } from '../../../builders/organisations.js';
import { EVERYONE, type Case } from '../case.js';
import { but, MEMBERS, STAFF, STATE_94, type Group } from '../personas.js';
import type { World } from '../world.js';

/** Those who see one of its submitted dossiers, or the commune of its seat. A citizens' council gets no names. */
const SEERS_OF_A: Group = [...MEMBERS, ...STAFF, 'recused'];
/** A funder learns which organisation asks it for money, not who its people are. */
const SEERS_OF_MEMBERS = but(SEERS_OF_A, ['cd94']);
/** Its administrator, or an instructor of the commune of its seat; never on an organisation with which one is in conflict. */
const DOORKEEPERS: Group = ['administratorA', 'instructorIvry'];
const VERIFIERS: Group = ['instructorIvry', ...STATE_94, 'coordinator'];
const asked = (w: World) => [w.askedMembership];

const decision = (act: string, body: object): Case[] => [
  {
    operation: `POST /v1/memberships/{id}/${act}`,
    at: asked,
    body: () => body,
    allow: DOORKEEPERS,
    forbid: but(SEERS_OF_MEMBERS, DOORKEEPERS),
  },
  {
    operation: `POST /v1/memberships/{id}/${act}`,
    on: 'of an organisation seated out of the territory: the coordination stands in for its instructor',
    at: (w) => [w.strangersMembership],
    body: () => body,
    allow: ['coordinator'],
    forbid: ['auditor'],
  },
];

export const ORGANISATIONS: readonly Case[] = [
  { operation: 'GET /v1/organisations', row: (w) => w.a.id, allow: SEERS_OF_A, others: 'blind' },
  { operation: 'GET /v1/organisations/{id}', at: (w) => [w.a.id], allow: SEERS_OF_A },
  { operation: 'GET /v1/organisations/lookup', query: (w) => ({ siret: w.a.siret }), allow: EVERYONE },
  {
    operation: 'POST /v1/organisations',
    body: () => ({
      siret: aSiret(),
      name: 'Nouvelle',
      legalForm: 'association',
      address: '1 rue de la Paix, 94200 Ivry-sur-Seine',
      email: 'n@exemple.test',
    }),
    allow: EVERYONE,
  },
  {
    operation: 'PATCH /v1/organisations/{id}',
    at: (w) => [w.a.id],
    body: () => ({ name: 'A bis' }),
    allow: ['editorA', 'administratorA'],
    forbid: but(SEERS_OF_A, ['editorA', 'administratorA']),
  },
  { operation: 'GET /v1/organisations/{id}/memberships', at: (w) => [w.a.id], row: (w) => w.askedMembership, allow: SEERS_OF_MEMBERS },
  { operation: 'POST /v1/organisations/{id}/memberships', at: (w) => [w.open.id], body: () => ({ roles: ['editor'] }), allow: EVERYONE },

  { operation: 'GET /v1/memberships', row: (w) => w.askedMembership, allow: SEERS_OF_MEMBERS, others: 'blind' },
  { operation: 'GET /v1/memberships/{id}', at: asked, allow: SEERS_OF_MEMBERS },
  ...decision('grant', {}),
  ...decision('refuse', { reason: 'Inconnue au bureau' }),
  ...decision('change-roles', { roles: ['editor'] }),
  ...decision('end', { reason: 'Partie' }),
  {
    operation: 'POST /v1/memberships/{id}/verify-signatory',
    at: (w) => [w.signatorysMembership],
    body: () => ({ evidence: 'Procès-verbal vu' }),
    allow: VERIFIERS,
    forbid: but(SEERS_OF_MEMBERS, VERIFIERS),
  },
];
