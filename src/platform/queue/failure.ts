const LONGEST = 300;

/** What a handler throws when trying again is useless: its event is given up at once. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}

/** An event whose turn did not come before its handler's time was up: it is offered again at once. */
export class PutOff extends Error {
  override readonly name = 'PutOff';
}

/**
 * What may be kept of a failure (outbox row, failed job, log): its class, its code and its sentence, without the personal or secret
 * things that drivers like to quote (addresses in SMTP answers, values in SQL errors, tokens in URLs).
 */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'thrown value';
  const { code } = error as { code?: unknown };
  const title = typeof code === 'string' || typeof code === 'number' ? `${error.name} ${code}` : error.name;
  return `${title}: ${scrub(error.message)}`.slice(0, LONGEST);
}

/** What a server said, without the addresses and secrets that it quotes. */
export function scrubbed(text: string): string {
  return scrub(text)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, LONGEST);
}

function scrub(text: string): string {
  return text
    .replace(/[^\s<>"'=:,;()]+@[^\s<>"',;()]+/g, '[address]')
    .replace(/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g, '[iban]')
    .replace(/[A-Za-z0-9_.~+/=-]{32,}/g, (run) => (UUID.test(run) ? run : '[secret]'));
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-\d+)?$/;
