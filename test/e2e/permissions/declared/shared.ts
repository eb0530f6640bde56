import { STATE_91, STATE_94, type Group } from '../personas.js';

/**
 * Around the dossier of both départements, of an organisation of nobody here. It lies in Ivry, hence in the North-East of the Val-de-Marne, and
 * in the South of Essonne; Arcueil is only asked for money. The one in conflict with A is in none with it.
 */
export const SHARED_INSTRUCTORS: Group = ['instructorIvry', 'recused'];
export const SHARED_STAFF: Group = [...SHARED_INSTRUCTORS, ...STATE_94, ...STATE_91, 'coordinator', 'auditor', 'instructorArcueil'];
export const SHARED_SEERS: Group = [...SHARED_STAFF, 'councilGagarine', 'councilNoyerRenard'];
