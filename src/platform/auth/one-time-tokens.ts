import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Tokens that travel by mail. Only the id of a row is stored and queued; the token is derived from it when the mail is written, so that
 * neither the database, nor the outbox, nor a job or log ever holds something that signs in.
 */
export class OneTimeTokens {
  constructor(private readonly secret: Buffer) {}

  tokenOf(id: string): string {
    return `${id.replaceAll('-', '')}${this.sign(id).toString('base64url')}`;
  }

  /** The id in the token, or null when it was not made here. */
  idOf(token: string): string | null {
    const match = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})([\w-]{43})$/.exec(token);
    if (!match) return null;
    const id = match.slice(1, 6).join('-');
    const given = Buffer.from(match[6] ?? '', 'base64url');
    const right = this.sign(id);
    return given.length === right.length && timingSafeEqual(given, right) ? id : null;
  }

  private sign(id: string): Buffer {
    return createHmac('sha256', this.secret).update(id).digest();
  }
}
