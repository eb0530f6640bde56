/** What an answer of a mail server says to machines. */
export interface ReplyCodes {
  /** `250`, `451`, `550`; null when no server answered. */
  readonly code: number | null;
  /** `5.1.1` (RFC 3463), when the server gives one. */
  readonly status: string | null;
}

/** What they look like at the head of a reply. PostgreSQL reads it likewise. */
export const CODES_AT_HEAD = /^([2-5]\d\d)(?:[ -]([245]\.\d{1,3}\.\d{1,3})(?!\S))?/;

/** The codes at the head of an SMTP reply, several lines or one. */
export function replyCodes(reply: string): ReplyCodes {
  const [, code, status] = CODES_AT_HEAD.exec(reply) ?? [];
  return { code: code === undefined ? null : Number(code), status: status ?? null };
}

/** A server that keeps saying « later » is given up after four days (RFC 5321, 4.5.4.1: four or five). */
export const GIVEN_UP_AFTER_MS = 4 * 86_400_000;
