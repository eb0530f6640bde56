import { newId } from '../../../../src/kernel/id.js';
import type { Case } from '../case.js';
import { but, MEMBERS, STAFF, type Group } from '../personas.js';

/** Its own people, and those who read a dossier that it submitted; a council reads actions, not papers. */
const READERS: Group = [...MEMBERS, ...STAFF, 'recused'];
const GIVERS: Group = ['editorA', 'administratorA'];
// Of nobody: a rule refuses it once the person is past the door.
const unknownFile = () => ({ kind: 'statutes', fileId: newId() });

export const DOCUMENTS: readonly Case[] = [
  {
    operation: 'POST /v1/organisations/{id}/documents',
    at: (w) => [w.a.id],
    body: unknownFile,
    allow: GIVERS,
    forbid: but(READERS, GIVERS),
  },
  { operation: 'GET /v1/organisations/{id}/documents', at: (w) => [w.a.id], row: (w) => w.organisationDocument, allow: READERS },
  {
    operation: 'GET /v1/organisations/{id}/documents',
    on: 'of one that submitted nothing: those of its seat see it, not its papers',
    at: (w) => [w.b.id],
    allow: ['editorB', 'signatoryB', 'administratorB'],
  },
  { operation: 'GET /v1/documents/{id}', at: (w) => [w.organisationDocument], allow: READERS },
  { operation: 'GET /v1/documents/{id}/link', at: (w) => [w.organisationDocument], allow: READERS },
];
