import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BievreError, Forbidden, NotFound, RuleRefused, StaleVersion, Unprocessable, type FieldError } from '../../kernel/errors.js';
import { VersionRequired } from '../../kernel/version.js';
import { Unauthenticated } from '../auth/unauthenticated.js';
import { saysAway } from '../database/away.js';
import { FileTooLarge, WrongMediaType } from '../files/file.errors.js';
import { TooManyRequests } from './rate-limit.js';
import type { Logger } from '../observability/logger.js';
import { TITLES } from './problem.js';

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  readonly currentVersion?: number;
  readonly current?: object | undefined;
}

/** The only place where an error becomes an HTTP answer: no stack, no SQL, no 5xx for what the caller got wrong. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { status, code, detail, errors = [], retryAfterSeconds, currentVersion, current } = answerTo(error);
    if (status >= 500) this.logger[status === 503 ? 'warn' : 'error']({ err: error, requestId: request.id }, `answered ${status} ${code}`);
    if (reply.sent) return;
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    if (currentVersion !== undefined) void reply.header('etag', `"${currentVersion}"`);
    void reply
      .status(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send({
        type: `urn:bievre:problem:${code}`,
        title: TITLES[status] ?? 'Erreur',
        status,
        detail,
        instance: request.url.split('?')[0],
        code,
        errors,
        traceId: request.id,
        ...(currentVersion === undefined ? {} : { currentVersion }),
        ...(current === undefined ? {} : { current }),
      });
  }
}

function answerTo(error: unknown): Answer {
  if (error instanceof BievreError) return answerToOurs(error);
  if (error instanceof HttpException) return answerToStatus(error.getStatus());
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  if (typeof code === 'string' && code.startsWith('FST_ERR')) return answerToStatus(typeof statusCode === 'number' ? statusCode : 400);
  if (typeof code === 'string') {
    const fromDatabase = answerToDatabase(code);
    if (fromDatabase) return fromDatabase;
  }
  // After the codes: PostgreSQL quotes in its message what it was given.
  if (saysAway(error)) return UNAVAILABLE;
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) return answerToStatus(statusCode);
  return {
    status: 500,
    code: 'INTERNAL',
    detail: 'Une erreur est survenue de notre côté. Rien n’a été enregistré ; réessayez, ou signalez le numéro traceId.',
  };
}

function answerToOurs(error: BievreError): Answer {
  const said = { code: error.code, detail: error.message, errors: error.fields };
  if (error instanceof StaleVersion) return { ...said, status: 412, currentVersion: error.currentVersion, current: error.current };
  if (error instanceof VersionRequired) return { ...said, status: 428 };
  if (error instanceof Unauthenticated) return { ...said, status: 401 };
  if (error instanceof TooManyRequests) return { ...said, status: 429, retryAfterSeconds: error.retryAfterSeconds };
  if (error instanceof WrongMediaType) return { ...said, status: 415 };
  if (error instanceof FileTooLarge) return { ...said, status: 413 };
  if (error instanceof NotFound) return { ...said, status: 404 };
  if (error instanceof Forbidden) return { ...said, status: 403 };
  if (error instanceof RuleRefused) return { ...said, status: 409 };
  if (error instanceof Unprocessable) return { ...said, status: 422 };
  return { ...said, status: 400 };
}

function answerToStatus(status: number): Answer {
  const answers: Record<number, Answer> = {
    401: { status, code: 'UNAUTHENTICATED', detail: 'Connectez-vous pour continuer.' },
    404: { status, code: 'NOT_FOUND', detail: 'Cette adresse ne correspond à rien.' },
    405: { status, code: 'METHOD_NOT_ALLOWED', detail: 'Cette méthode n’est pas prévue ici.' },
    413: { status, code: 'TOO_LARGE', detail: 'Le contenu envoyé dépasse 1 Mio.' },
    415: {
      status,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      detail: 'Envoyez du JSON (Content-Type: application/json), ou le type de fichier que l’opération demande.',
    },
  };
  if (status >= 500) return { status: 500, code: 'INTERNAL', detail: 'Une erreur est survenue de notre côté.' };
  return (
    answers[status] ?? { status: 400, code: 'MALFORMED', detail: 'La demande n’est pas du JSON bien formé, ou son adresse est mal écrite.' }
  );
}

const UNAVAILABLE: Answer = {
  status: 503,
  code: 'UNAVAILABLE',
  detail: 'Le service est momentanément indisponible. Réessayez dans quelques secondes.',
  retryAfterSeconds: 5,
};

/** SQLSTATEs that have a meaning for the caller. Repositories name the others before they get here. */
function answerToDatabase(code: string): Answer | null {
  if (code === '57014' || code === '40001' || code === '40P01' || code === '55P03') return UNAVAILABLE;
  if (code === '22021' || code === '22P05' || code === '22P02' || code === '22007' || code === '22008') {
    return { status: 400, code: 'MALFORMED', detail: 'Une valeur envoyée ne peut pas être lue.' };
  }
  if (code === '22003') return { status: 422, code: 'AMOUNT_OUT_OF_RANGE', detail: 'Un nombre envoyé est trop grand.' };
  if (code === '23503') return { status: 422, code: 'UNKNOWN_REFERENCE', detail: 'La demande cite un objet qui n’existe pas.' };
  if (code === '23505' || code === '23P01') return { status: 409, code: 'CONFLICT', detail: 'Un objet identique existe déjà.' };
  if (code === '23514')
    return { status: 409, code: 'CONFLICT', detail: 'Cette écriture contredirait une règle de la base : rien n’a été enregistré.' };
  return null;
}
