import { createParamDecorator, Param, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { BievreError, NotFound } from '../../kernel/errors.js';
import type { PageRequest } from '../../kernel/page.js';
import type { ExpectedVersion } from '../../kernel/version.js';
import type { Actor } from '../auth/actor.js';

declare module 'fastify' {
  interface FastifyRequest {
    user?: Actor;
    /** When the token that signed in ends. */
    signedInUntil?: Date;
    page?: PageRequest;
  }
}

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

/** Who is signed in. Only on operations whose permission is not `public`. */
export const Me = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const { user } = requestOf(context);
  if (!user) throw new Error('Me() stands on an operation that asks nobody to sign in.');
  return user;
});

/** When the sign-in of this request ends: an answer that lasts must not outlive it. */
export const SignedInUntil = createParamDecorator((_data: unknown, context: ExecutionContext): Date => {
  const { signedInUntil } = requestOf(context);
  if (!signedInUntil) throw new Error('SignedInUntil() stands on an operation that asks nobody to sign in.');
  return signedInUntil;
});

/** The page a list is asked for: limit, position, total or not. */
export const Paging = createParamDecorator((_data: unknown, context: ExecutionContext): PageRequest => {
  const { page } = requestOf(context);
  if (!page) throw new Error('Paging() stands on an operation that is not a list.');
  return page;
});

class MalformedVersion extends BievreError {
  constructor() {
    super('MALFORMED', 'If-Match doit être l’ETag reçu lors de votre dernière lecture, par exemple "3".');
  }
}

/** The version in If-Match, or null: whether one is due is decided once the object is known to be visible (404 and 403 come first). */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): ExpectedVersion => {
  const header = requestOf(context).headers['if-match'];
  if (header === undefined) return null;
  // A proxy that compresses makes the ETag weak: the version in it is the same.
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined) throw new MalformedVersion();
  return Number(version);
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

class UuidOrNotFound implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!UUID.test(value)) throw new NotFound();
    return value.toLowerCase();
  }
}

/** A UUID of the path; anything else names nothing: 404. */
export const Id = (name = 'id'): ParameterDecorator => Param(name, new UuidOrNotFound());
