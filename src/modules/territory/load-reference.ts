import { readFileSync } from 'node:fs';
import { SystemClock } from '../../kernel/clock.js';
import { whileConnected } from '../../platform/database/connect.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { readReference, type Reference } from './domain/reference.js';
import { loadReferenceInto } from './persistence/reference.loader.js';

const fileAt = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./reference/gosb/${name}.json`, import.meta.url), 'utf8')) as unknown;

/** The contract of Grand-Orly Seine Bièvre, from the files kept beside this module. */
export function gosbReference(): Reference {
  return readReference({
    contract: fileAt('contract'),
    territory: fileAt('territory'),
    orientations: fileAt('orientations'),
    localPriorities: fileAt('local-priorities'),
    funders: fileAt('funders'),
    rules: fileAt('rules'),
    actors: fileAt('actors'),
  });
}

/** Loads the contract's reference data into a migrated database, in one transaction. Idempotent: run at every start. */
export async function loadReference(url: string): Promise<void> {
  await whileConnected(createDataSource(url, 1), (source) =>
    new UnitOfWork(source, new SystemClock()).transaction((query) => loadReferenceInto(query, gosbReference())),
  );
}
