/** Of sockets and of PostgreSQL: no server there, none yet, none any more, or one with no place left. */
const CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EPIPE',
  'EAI_AGAIN',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

/** What pg and TypeORM say without a code. */
const WORDS = /timeout exceeded when trying to connect|Connection terminated|not connected|Driver not Connected/i;

/** Whether an error says that PostgreSQL does not answer now, though it may later. */
export function saysAway(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (CODES.has(code) || code.startsWith('08'))) return true;
  return typeof message === 'string' && WORDS.test(message);
}
