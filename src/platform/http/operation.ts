import { applyDecorators, Delete, Get, HttpCode, Patch, Post, Put, SetMetadata, type Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConsumes,
  ApiExtension,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { DeclaredPermission } from '../auth/policy.js';
import { PageInfo } from './paging.js';
import { Problem, TITLES } from './problem.js';

export const OPERATION = 'bievre:operation';

export type OperationKind = 'read' | 'list' | 'create' | 'act' | 'change' | 'replace';

export interface OperationOptions {
  /** One French sentence: what the operation does. */
  readonly summary: string;
  readonly description?: string;
  readonly permission: DeclaredPermission;
  /** The class of the answer; of one row, for a list. Absent: no body. */
  readonly answers?: Type | readonly [Type];
  readonly status?: number;
  /** A file instead of JSON: its media type. */
  readonly file?: string;
  /** Content instead of JSON in the request: its media types. */
  readonly consumes?: readonly string[];
  /** Codes of the rules that may refuse, by HTTP status; the common ones are added by themselves. */
  readonly refusals?: Readonly<Partial<Record<number, readonly string[]>>>;
  /** The act decides on something that exists: If-Match is required. Default: true for `act`, `change` and `replace`. */
  readonly ifMatch?: boolean;
  /** Default: true for POST. Never on sign-in, whose answers hold secrets. */
  readonly idempotent?: boolean;
}

export interface DeclaredOperation extends OperationOptions {
  readonly kind: OperationKind;
  readonly method: string;
  readonly ifMatch: boolean;
  readonly idempotent: boolean;
}

const ROUTES = {
  read: ['GET', Get],
  list: ['GET', Get],
  create: ['POST', Post],
  act: ['POST', Post],
  change: ['PATCH', Patch],
  replace: ['PUT', Put],
} as const;
const STATUS = { read: 200, list: 200, create: 201, act: 200, change: 200, replace: 200 } as const;

export const Read = (path: string, options: OperationOptions) => operation('read', path, options);
/** The handler returns a `Page` of rows; the pipeline writes `{data, page}`. */
export const List = (path: string, options: OperationOptions) => operation('list', path, options);
export const Create = (path: string, options: OperationOptions) => operation('create', path, options);
/** An act of the trade: POST on a sub-resource named by its verb. */
export const Act = (path: string, options: OperationOptions) => operation('act', path, options);
export const Change = (path: string, options: OperationOptions) => operation('change', path, options);
export const Replace = (path: string, options: OperationOptions) => operation('replace', path, options);
/** Ends something that keeps its history. */
export const Remove = (path: string, options: OperationOptions) =>
  applyDecorators(operationOf('act', 'DELETE', Delete(path), 204, options));

function operation(kind: OperationKind, path: string, options: OperationOptions): MethodDecorator {
  const [method, route] = ROUTES[kind];
  return operationOf(kind, method, route(path), STATUS[kind], options);
}

function operationOf(
  kind: OperationKind,
  method: string,
  route: MethodDecorator,
  defaultStatus: number,
  options: OperationOptions,
): MethodDecorator {
  const status = options.status ?? defaultStatus;
  const declared: DeclaredOperation = {
    ...options,
    kind,
    method,
    ifMatch: options.ifMatch ?? (kind === 'act' || kind === 'change' || kind === 'replace'),
    idempotent: options.idempotent ?? (kind === 'create' || kind === 'act'),
  };
  const refusals = refusalsOf(declared);
  return applyDecorators(
    route,
    HttpCode(status),
    SetMetadata(OPERATION, declared),
    ApiOperation({ summary: options.summary, ...(options.description === undefined ? {} : { description: options.description }) }),
    ApiExtension('x-permission', options.permission),
    ApiExtraModels(Problem, PageInfo),
    ...(declared.consumes ? [ApiConsumes(...declared.consumes)] : []),
    success(declared, status),
    ...(options.permission === 'public' ? [] : [ApiBearerAuth()]),
    ...(declared.ifMatch
      ? [ApiHeader({ name: 'If-Match', required: kind !== 'replace', description: 'ETag de votre dernière lecture, par exemple "3"' })]
      : []),
    ...(declared.idempotent && method === 'POST'
      ? [
          ApiHeader({
            name: 'Idempotency-Key',
            required: false,
            description: 'Même clé et même corps : même réponse, un seul effet',
            schema: { type: 'string', maxLength: 200 },
          }),
        ]
      : []),
    ...Object.entries(refusals).map(([refusalStatus, codes]) => refusal(Number(refusalStatus), codes)),
  );
}

function success(declared: DeclaredOperation, status: number): MethodDecorator {
  const description = declared.summary;
  if (declared.file !== undefined) {
    return ApiResponse({
      status,
      description,
      content: { [declared.file]: { schema: { type: 'string', format: 'binary' } } },
    });
  }
  const { answers } = declared;
  if (answers === undefined) return ApiResponse({ status, description });
  const [rowType, isArray] = Array.isArray(answers) ? [answers[0] as Type, true] : [answers as Type, false];
  const row = { $ref: getSchemaPath(rowType) };
  const schema =
    declared.kind === 'list'
      ? {
          type: 'object',
          required: ['data', 'page'],
          properties: { data: { type: 'array', items: row }, page: { $ref: getSchemaPath(PageInfo) } },
        }
      : isArray
        ? { type: 'array', items: row }
        : row;
  return applyDecorators(ApiExtraModels(rowType), ApiResponse({ status, description, schema }));
}

function refusal(status: number, codes: readonly string[]): MethodDecorator {
  return applyDecorators(
    ApiResponse({
      status,
      description: `${TITLES[status] ?? 'Refus'} : ${codes.join(', ')}`,
      content: {
        'application/problem+json': {
          schema: {
            allOf: [{ $ref: getSchemaPath(Problem) }, { type: 'object', properties: { code: { type: 'string', enum: [...codes] } } }],
          },
        },
      },
    }),
  );
}

/** Every code an operation may answer, by status: what its kind implies, and what its rules add. */
export function refusalsOf(declared: DeclaredOperation): Readonly<Record<number, readonly string[]>> {
  const all: Record<number, string[]> = { 400: ['MALFORMED'], 429: ['TOO_MANY_REQUESTS'], 503: ['UNAVAILABLE'] };
  const add = (status: number, ...codes: readonly string[]) => {
    all[status] = [...new Set([...(all[status] ?? []), ...codes])];
  };
  if (declared.kind !== 'read') add(400, 'VALIDATION_FAILED');
  if (declared.kind === 'list') add(400, 'INVALID_CURSOR');
  if (declared.permission !== 'public') add(401, 'UNAUTHENTICATED');
  if (declared.permission !== 'public' && declared.permission !== 'signed-in') {
    add(403, 'FORBIDDEN');
    add(404, 'NOT_FOUND');
  }
  if (declared.method !== 'GET') {
    add(413, 'TOO_LARGE');
    add(415, 'UNSUPPORTED_MEDIA_TYPE');
    add(422, 'AMOUNT_OUT_OF_RANGE', 'UNKNOWN_REFERENCE');
    add(409, 'CONFLICT');
  }
  if (declared.idempotent) {
    add(409, 'SAME_REQUEST_RUNNING');
    add(422, 'IDEMPOTENCY_KEY_REUSED');
  }
  if (declared.ifMatch) {
    add(412, 'STALE_VERSION');
    add(428, 'VERSION_REQUIRED');
  }
  for (const [status, codes] of Object.entries(declared.refusals ?? {})) if (codes) add(Number(status), ...codes);
  return all;
}
