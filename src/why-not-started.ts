import { WrongEnvironment } from './config/environment.js';
import { JobsMiswired } from './platform/queue/index.js';

/** Errors whose message is already a sentence for who runs the machine. */
const SENTENCES = new Set([
  'DataFolderInUse',
  'DatabaseAway',
  'NoAccountForPostgres',
  'NoBinaries',
  'UnusableCluster',
  'PostgresDidNotStart',
  JobsMiswired.name,
]);

/** What sockets and PostgreSQL say by a code. */
const BY_CODE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'PORT : ce port est déjà pris. Choisissez-en un autre, par exemple PORT=3001 npm start.',
  '28000': 'DATABASE_URL : PostgreSQL refuse ce compte.',
  '28P01': 'DATABASE_URL : PostgreSQL refuse ce compte ou son mot de passe.',
  '3D000': 'DATABASE_URL : cette base n’existe pas. Créez-la d’abord, par exemple avec createdb.',
};

export function whyNotStarted(error: unknown): unknown {
  if (error instanceof WrongEnvironment) return `Réglages à corriger :\n${error.message}`;
  const sentence = BY_CODE[String((error as { code?: unknown } | null)?.code)];
  if (sentence !== undefined) return sentence;
  return error instanceof Error && SENTENCES.has(error.name) ? error.message : error;
}
