import { WrongEnvironment } from './config/environment.js';
import { JobsMiswired } from './platform/queue/index.js';

/** Errors whose message is already a sentence for who runs the machine. */
const SENTENCES = new Set([
  'DataFolderInUse',
  'NoAccountForPostgres',
  'NoBinaries',
  'UnusableCluster',
  'PostgresDidNotStart',
  JobsMiswired.name,
]);

export function whyNotStarted(error: unknown): unknown {
  if (error instanceof WrongEnvironment) return `Réglages à corriger :\n${error.message}`;
  if ((error as { code?: unknown } | null)?.code === 'EADDRINUSE')
    return 'PORT : ce port est déjà pris. Choisissez-en un autre, par exemple PORT=3001 npm start.';
  return error instanceof Error && SENTENCES.has(error.name) ? error.message : error;
}
