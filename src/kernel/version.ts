import { BievreError, StaleVersion } from './errors.js';

/** The version the caller decided on, from If-Match; null when it gave none. */
export type ExpectedVersion = number | null;

/** The act changes something that exists and the caller did not say which version it read: HTTP 428. */
export class VersionRequired extends BievreError {
  constructor() {
    super('VERSION_REQUIRED', 'Dites dans l’en-tête If-Match sur quelle version vous décidez (l’ETag de votre dernière lecture).');
  }
}

/** @throws VersionRequired when none was given, StaleVersion when it is not the current one */
export function assertVersion(expected: ExpectedVersion, current: number): void {
  if (expected === null) throw new VersionRequired();
  if (expected !== current) throw new StaleVersion(current);
}
