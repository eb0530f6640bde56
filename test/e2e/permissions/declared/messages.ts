import type { Case } from '../case.js';
import { but, MEMBERS, SEERS, STAFF, type Group } from '../personas.js';
import type { World } from '../world.js';
import { SHARED_SEERS, SHARED_STAFF } from './shared.js';

/** A citizens' council reads the actions of its QPV, not what is said about the rest of the file. */
const READERS = but(SEERS, ['councilGagarine']);
/** Who sees everything only reads; who declared a conflict reads as the applicant does, and has no say. */
const WRITERS: Group = [...MEMBERS, ...but(STAFF, ['auditor'])];
const SHARED = 'of both départements';
const onDossier = (w: World) => [w.dossier.id];
const message = () => ({ text: 'Bonjour' });
const note = () => ({ text: 'Bonjour', visibility: 'staff' });

/** The thread of a dossier: its organisation, and those who instruct it or are asked for money. */
export const MESSAGES: readonly Case[] = [
  { operation: 'POST /v1/dossiers/{id}/messages', at: onDossier, body: message, allow: WRITERS, forbid: but(SEERS, WRITERS) },
  {
    operation: 'POST /v1/dossiers/{id}/messages',
    on: 'an internal note',
    at: onDossier,
    body: note,
    allow: but(WRITERS, MEMBERS),
    forbid: but(SEERS, but(WRITERS, MEMBERS)),
  },
  {
    operation: 'POST /v1/dossiers/{id}/messages',
    on: SHARED,
    at: (w) => [w.shared.id],
    body: note,
    allow: but(SHARED_STAFF, ['auditor']),
    forbid: but(SHARED_SEERS, but(SHARED_STAFF, ['auditor'])),
  },
  { operation: 'POST /v1/dossiers/{id}/messages', on: 'a draft', at: (w) => [w.draft.id], body: message, allow: MEMBERS },
  { operation: 'GET /v1/dossiers/{id}/messages', at: onDossier, row: (w) => w.message, allow: READERS },
  {
    operation: 'GET /v1/dossiers/{id}/messages',
    on: 'the internal note',
    at: onDossier,
    row: (w) => w.note,
    allow: STAFF,
    blind: but(READERS, STAFF),
  },
  { operation: 'GET /v1/dossiers/{id}/messages', on: 'a draft', at: (w) => [w.draft.id], allow: MEMBERS },
  { operation: 'GET /v1/messages/{id}', at: (w) => [w.message], allow: READERS },
  { operation: 'GET /v1/messages/{id}', on: 'an internal note', at: (w) => [w.note], allow: STAFF },
];
