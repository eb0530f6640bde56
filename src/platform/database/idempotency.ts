import { deserialize } from 'node:v8';
import { RuleRefused, Unprocessable } from '../../kernel/errors.js';
import type { Actor } from '../auth/actor.js';
import type { RequestContext } from '../request-context.js';
import type { Query } from './query.js';

export class SameRequestRunning extends RuleRefused {
  constructor() {
    super('SAME_REQUEST_RUNNING', 'La même demande (Idempotency-Key) est en cours de traitement. Attendez son résultat, puis relisez.');
  }
}

export class IdempotencyKeyReused extends Unprocessable {
  constructor() {
    super('IDEMPOTENCY_KEY_REUSED', 'Cette Idempotency-Key a déjà servi pour une autre demande. Utilisez-en une nouvelle.');
  }
}

/** The stored result of the same request, if it already ran. v8's format keeps bigint and dates exact. */
export async function recall<Result>(query: Query, actor: Actor, context: RequestContext): Promise<{ result: Result } | null> {
  const { operation, key, bodyHash } = context.idempotency ?? neverWithout();
  const [lock] = await query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free', [
    `${actor.id} ${operation} ${key}`,
  ]);
  if (lock?.free !== true) throw new SameRequestRunning();
  const [stored] = await query<{ body_hash: Buffer; result: Buffer }>(
    'SELECT body_hash, result FROM idempotency_keys WHERE caller_id = $1 AND operation = $2 AND key = $3',
    [actor.id, operation, key],
  );
  if (!stored) return null;
  if (!stored.body_hash.equals(bodyHash)) throw new IdempotencyKeyReused();
  context.replayed = true;
  return { result: deserialize(stored.result) as Result };
}

function neverWithout(): never {
  throw new Error('recall is for requests with an Idempotency-Key');
}
