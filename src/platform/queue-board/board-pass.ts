import type { FastifyRequest } from 'fastify';
import { Clock } from '../../kernel/clock.js';
import { NotFound } from '../../kernel/errors.js';
import { ACCESS_TOKEN_SECONDS, AccessTokens, type AccessClaims } from '../auth/access-tokens.js';
import { ActorLoader } from '../auth/actor.js';
import { may } from '../auth/authorizer.js';
import { INSTANCE } from '../auth/perimeter.js';
import { Unauthenticated } from '../auth/unauthenticated.js';

export const BOARD_PATH = '/admin/queues';
const COOKIE = 'bievre_queues';

/**
 * What lets a browser, which sends no bearer token by itself, read the board of the queues: a cookie of a quarter of an hour that the
 * administrator's token was exchanged for. It names a session and holds no right: what they may is read again at each request.
 */
export class BoardPass {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly actors: ActorLoader,
    private readonly clock: Clock,
    private readonly isSecure: boolean,
  ) {}

  async cookieFor(claims: AccessClaims): Promise<string> {
    const token = await this.tokens.issue(claims, this.clock.now());
    const secure = this.isSecure ? '; Secure' : '';
    return `${COOKIE}=${token}; Path=${BOARD_PATH}; Max-Age=${ACCESS_TOKEN_SECONDS}; HttpOnly; SameSite=Strict${secure}`;
  }

  /** @throws Unauthenticated, and NotFound when the person administers no more */
  async check({ headers }: FastifyRequest): Promise<void> {
    const token = new RegExp(`(?:^|; )${COOKIE}=([\\w.-]+)`).exec(headers.cookie ?? '')?.[1];
    if (token === undefined) throw new Unauthenticated();
    const { userId, sessionId } = await this.tokens.verify(token, this.clock.now());
    const actor = await this.actors.load(userId, sessionId);
    if (!actor) throw new Unauthenticated();
    if (!may(actor, 'queue.watch', [INSTANCE])) throw new NotFound();
  }
}
