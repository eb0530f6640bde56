import type { LocalPriorityRows } from './reference.local-priorities.js';
import { readLocalPriorities } from './reference.local-priorities.js';
import { readFunders, type FunderRows } from './reference.funders.js';
import { readObjectives, type ObjectiveRows } from './reference.objectives.js';
import { readPlaces, type PlaceRows } from './reference.places.js';
import { readContract, type ContractRow } from './reference.contract.js';

/** The parsed files of a contract's reference data, as they were published. */
export interface ReferenceFiles {
  readonly contract: unknown;
  readonly territory: unknown;
  readonly orientations: unknown;
  readonly localPriorities: unknown;
  readonly funders: unknown;
  readonly rules: unknown;
  readonly actors: unknown;
}

/** The same as rows, one list a table, every name of a commune turned into its INSEE code. */
export interface Reference extends PlaceRows, ObjectiveRows, LocalPriorityRows, FunderRows {
  readonly contracts: readonly ContractRow[];
}

/** @throws ReferenceMalformed naming the place of the file that is not as expected */
export function readReference(files: ReferenceFiles): Reference {
  const places = readPlaces(files.territory);
  return {
    contracts: [readContract(files)],
    ...places,
    ...readObjectives(files.orientations),
    ...readLocalPriorities(files.localPriorities, places.communes),
    ...readFunders(files.funders, places.communes),
  };
}
