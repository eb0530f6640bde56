export { DossiersModule } from './dossiers.module.js';
export { DossierFile, type FiledDossier, type InstructionPatch } from './use-cases/dossier-file.js';
export { implicitRejectionOn, type ComplementPeriod } from './domain/implicit-rejection.js';
export type { Attestation, Dossier, InstructionAct } from './domain/dossier.js';
export type { DossierState } from './domain/dossier.transitions.js';
export type { DossierTerms } from './persistence/dossier.rows.js';
export { contentHash } from './domain/content-hash.js';
