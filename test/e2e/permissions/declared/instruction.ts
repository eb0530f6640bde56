import type { Case } from '../case.js';
import { but, SEERS, STAFF, STATE_91, STATE_94, WRITERS, type Group } from '../personas.js';
import type { World } from '../world.js';
import { SHARED_INSTRUCTORS, SHARED_SEERS, SHARED_STAFF } from './shared.js';

const ASKERS: Group = ['instructorIvry', ...STATE_94];
const COMPLEMENT_READERS = but(SEERS, ['councilGagarine']);
const SHARED = 'of both départements';
const onDossier = (w: World) => [w.dossier.id];
const onShared = (w: World) => [w.shared.id];

// Bodies that a rule refuses once the person is past the door: nothing changes for the next line.
const overdue = () => ({ reason: 'Le budget ne dit rien des salaires', dueOn: '2020-01-01' });
const unreasoned = () => ({ opinion: 'unfavourable' });

/** Opinions are for those who instruct, each on what it is asked: a funder on its own line, a council on the actions of its QPV. */
const opinions = (on: string, line: (w: World) => string, allow: Group): Case => ({
  operation: 'POST /v1/funding-lines/{id}/opinions',
  on,
  at: (w) => [line(w)],
  body: unreasoned,
  allow,
  forbid: but(SEERS, allow),
});
const INSTRUCTION: Group = ['instructorIvry', ...STATE_94, 'councilGagarine'];

export const INSTRUCTION_CASES: readonly Case[] = [
  {
    operation: 'POST /v1/dossiers/{id}/complement-requests',
    at: onDossier,
    body: overdue,
    allow: ASKERS,
    forbid: but(SEERS, ASKERS),
  },
  {
    operation: 'POST /v1/dossiers/{id}/complement-requests',
    on: SHARED,
    at: onShared,
    body: overdue,
    allow: [...SHARED_INSTRUCTORS, ...STATE_94, ...STATE_91],
    forbid: but(SHARED_SEERS, SHARED_INSTRUCTORS, STATE_94, STATE_91),
  },
  {
    operation: 'GET /v1/dossiers/{id}/complement-requests',
    at: (w) => [w.incomplete.id],
    row: (w) => w.complement,
    allow: COMPLEMENT_READERS,
  },
  {
    operation: 'GET /v1/dossiers/{id}/deliveries',
    at: onDossier,
    allow: ['instructorIvry', ...STATE_94, 'coordinator', 'auditor'],
  },
  {
    operation: 'GET /v1/dossiers/{id}/deliveries',
    on: SHARED,
    at: onShared,
    allow: SHARED_STAFF,
  },
  { operation: 'GET /v1/complement-requests/{id}', at: (w) => [w.complement], allow: COMPLEMENT_READERS },
  {
    operation: 'POST /v1/dossiers/{id}/complements',
    at: (w) => [w.incomplete.id],
    body: () => ({ answer: 'Voici' }),
    allow: WRITERS,
    forbid: but(SEERS, WRITERS),
  },
  {
    operation: 'POST /v1/dossiers/{id}/admissibility',
    at: onDossier,
    body: () => ({ admissible: true }),
    allow: ['instructorIvry'],
    forbid: but(SEERS, ['instructorIvry']),
  },
  {
    operation: 'POST /v1/dossiers/{id}/admissibility',
    on: `${SHARED}: not by the city that is only asked for money`,
    at: onShared,
    body: () => ({ admissible: true }),
    allow: SHARED_INSTRUCTORS,
    forbid: but(SHARED_SEERS, SHARED_INSTRUCTORS),
  },

  opinions('the line of programme 147', (w) => w.lines.p147, INSTRUCTION),
  opinions('the line of the Val-de-Marne', (w) => w.lines.cd94, [...INSTRUCTION, 'cd94']),
  opinions('the line of Ivry', (w) => w.lines.ivry, INSTRUCTION),
  {
    operation: 'POST /v1/funding-lines/{id}/opinions',
    on: `the line of programme 147 in Gagarine, ${SHARED}`,
    at: (w) => [w.sharedLines.p14794],
    body: unreasoned,
    allow: [...SHARED_INSTRUCTORS, ...STATE_94, ...STATE_91, 'councilGagarine'],
    forbid: ['coordinator', 'auditor', 'instructorArcueil'],
  },
  {
    operation: 'POST /v1/funding-lines/{id}/opinions',
    on: `the line of Arcueil, ${SHARED}`,
    at: (w) => [w.sharedLines.arcueil],
    body: unreasoned,
    allow: but([...SHARED_STAFF, 'councilGagarine'], ['coordinator', 'auditor']),
    forbid: ['coordinator', 'auditor'],
  },
  // The applicant reads no opinion, nor does who is in conflict; a council reads its own.
  {
    operation: 'GET /v1/funding-lines/{id}/opinions',
    at: (w) => [w.lines.p147],
    row: (w) => w.instructorsOpinion,
    allow: STAFF,
    blind: ['councilGagarine'],
  },
  {
    operation: 'GET /v1/funding-lines/{id}/opinions',
    on: 'the opinion of the council',
    at: (w) => [w.lines.p147],
    row: (w) => w.councilsOpinion,
    allow: [...STAFF, 'councilGagarine'],
  },
  { operation: 'GET /v1/opinions/{id}', on: 'of the instructor', at: (w) => [w.instructorsOpinion], allow: STAFF },
  { operation: 'GET /v1/opinions/{id}', on: 'of the council', at: (w) => [w.councilsOpinion], allow: [...STAFF, 'councilGagarine'] },
];
