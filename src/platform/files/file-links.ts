import { createHmac, timingSafeEqual } from 'node:crypto';
import { NotFound } from '../../kernel/errors.js';
import { LinkExpired } from './file.errors.js';

/** Minutes that a link to a content lasts: enough to follow it, too little to hand it round. */
const LINK_MINUTES = 5;

/** Signs addresses that give a content to whoever holds them, without signing in: a browser follows a link without a token. */
export class FileLinks {
  constructor(private readonly secret: Buffer) {}

  /** The path and query of a link, and when it ends. */
  to(fileId: string, now: Date): { readonly path: string; readonly expiresAt: Date } {
    const expires = Math.floor(now.getTime() / 1000) + LINK_MINUTES * 60;
    const query = new URLSearchParams({ expires: String(expires), signature: this.sign(fileId, expires).toString('base64url') });
    return { path: `/v1/files/${fileId}/content?${query.toString()}`, expiresAt: new Date(expires * 1000) };
  }

  /** @throws NotFound when it was not signed here for this file and this end, LinkExpired */
  assertValid(fileId: string, expires: number, signature: string, now: Date): void {
    const given = Buffer.from(signature, 'base64url');
    const right = this.sign(fileId, expires);
    if (given.length !== right.length || !timingSafeEqual(given, right)) throw new NotFound();
    if (now.getTime() >= expires * 1000) throw new LinkExpired();
  }

  private sign(fileId: string, expires: number): Buffer {
    return createHmac('sha256', this.secret).update(`${fileId}\n${expires}`).digest();
  }
}
