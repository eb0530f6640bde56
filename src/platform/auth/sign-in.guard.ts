import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import passport from 'passport';
import { Clock } from '../../kernel/clock.js';
import { OPERATION, type DeclaredOperation } from '../http/operation.js';
import { AccessTokens } from './access-tokens.js';
import { ActorLoader, type Actor } from './actor.js';
import { Unauthenticated } from './unauthenticated.js';

interface SignedInRequest {
  signedInUntil?: Date;
}

/** Passport strategy for `Authorization: Bearer`: the token says who, the loader reads what they may do now. */
class BearerStrategy extends passport.Strategy {
  override readonly name = 'bearer';

  constructor(private readonly actorOf: (token: string, request: SignedInRequest) => Promise<Actor | null>) {
    super();
  }

  override authenticate(request: SignedInRequest & { headers: Record<string, unknown> }): void {
    const header = request.headers['authorization'];
    const token = typeof header === 'string' ? /^Bearer ([\w.~+/-]+=*)$/i.exec(header)?.[1] : undefined;
    if (token === undefined) {
      this.fail(401);
      return;
    }
    this.actorOf(token, request).then(
      (actor) => (actor ? this.success(actor) : this.fail(401)),
      (error: unknown) => this.error(error),
    );
  }
}

/** Every operation but the public ones asks for a signed-in person. */
@Injectable()
export class SignInGuard implements CanActivate {
  private readonly authenticator = new passport.Authenticator();

  constructor(
    private readonly reflector: Reflector,
    tokens: AccessTokens,
    actors: ActorLoader,
    clock: Clock,
  ) {
    this.authenticator.use(
      new BearerStrategy(async (token, request) => {
        const { userId, sessionId, endsAt } = await tokens.verify(token, clock.now());
        request.signedInUntil = new Date(endsAt);
        return actors.load(userId, sessionId);
      }),
    );
  }

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const declared = this.reflector.get<DeclaredOperation | undefined>(OPERATION, execution.getHandler());
    if (declared?.permission === 'public') return true;
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    request.user = await this.signedIn(request, http.getResponse<FastifyReply>());
    return true;
  }

  private signedIn(request: FastifyRequest, reply: FastifyReply): Promise<Actor> {
    return new Promise((resolve, reject) => {
      const done = (error: Error | null | undefined, actor: Actor | false | null | undefined) => {
        if (error) reject(error);
        else if (actor) resolve(actor);
        else reject(new Unauthenticated());
      };
      const middleware = this.authenticator.authenticate('bearer', { session: false }, done) as (...args: unknown[]) => void;
      middleware(request, reply, reject);
    });
  }
}
