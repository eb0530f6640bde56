export { TerritoryModule } from './territory.module.js';
export { gosbReference, loadReference } from './load-reference.js';
export { Territory } from './persistence/territory.reader.js';
export { loadReferenceInto } from './persistence/reference.loader.js';
export type { CommunePlace, Objective, PovertyPocket } from './domain/territory.js';
