import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { deserialize, serialize } from 'node:v8';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../kernel/clock.js';
import { BievreError, RuleRefused, Unprocessable } from '../../kernel/errors.js';
import { newId } from '../../kernel/id.js';
import type { Actor } from '../auth/actor.js';
import type { EventType, JobMap } from '../queue/jobs.js';
import { fence, jobInHand, refuseIfLate } from '../job-in-hand.js';
import { requestContext, type RequestContext } from '../request-context.js';
import { toJson } from './json.js';
import type { Query } from './query.js';

/** One transaction: its statements, and what it will have said when it commits. */
export interface Tx {
  readonly query: Query;
  /**
   * A statement whose answer nobody reads: it leaves with the next one, at the latest with COMMIT, so that the rows it locks are held for no
   * round trip. When a CHECK refuses it everything is rolled back, then `explain` throws the rule in its words; if it finds nothing to say,
   * the act runs again.
   */
  write(sql: string, params: readonly unknown[], explain?: (read: Query) => Promise<void>): void;
  /** The instant that decides deadlines: the server's receipt of the request, else the clock. */
  readonly at: Date;
  /** Records who did what: one append-only row, written with the act. */
  audit(act: string, object: { type: string; id: string }, before: object | null, after: object | null): void;
  /**
   * Hands a fact to whoever follows (mail, documents, figures), through the outbox, once this commits. The payload holds ids only: never a
   * token, an address, an IBAN or a text. Gives the event's id.
   */
  tell<Type extends EventType>(type: Type, payload: JobMap[Type]): string;
}

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

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const CHECK_VIOLATION = '23514';
const MAX_ATTEMPTS = 8;

/** Runs acts: everything an act reads, decides, writes, records and tells is one transaction, retried whole when PostgreSQL asks for it. */
export class UnitOfWork {
  private readonly statementNames = new Map<string, string>();

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Reads without a transaction. */
  readonly read: Query = async <Row>(sql: string, params?: readonly unknown[]) => {
    const runner = this.source.createQueryRunner();
    try {
      return await this.queryOn((await runner.connect()) as pg.PoolClient)<Row>(sql, params);
    } finally {
      await runner.release();
    }
  };

  /**
   * Runs one act. `work` may run more than once: it must have no effect outside its transaction.
   * @throws SameRequestRunning, IdempotencyKeyReused, and whatever `work` throws
   */
  async run<Result>(actor: Actor, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const context = requestContext.getStore();
    const idempotency = context?.idempotency;
    if (idempotency?.used === true) throw new Error('One request with an Idempotency-Key runs one act.');
    if (idempotency) idempotency.used = true;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(actor, context, work);
      } catch (error) {
        if (error instanceof RefusedWrite) await error.explain(this.read);
        if (attempt === MAX_ATTEMPTS || !isRetryable(error)) throw error instanceof RefusedWrite ? error.cause : error;
        await wait(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  private async once<Result>(actor: Actor, context: RequestContext | undefined, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.inTransaction(async (query, last) => {
      const replay = context?.idempotency ? await recall<Result>(query, actor, context) : null;
      if (replay !== null) return replay.result;
      const records = new Records(actor, context, query, this.clock.now());
      const result = await work(records);
      last(records.leaving(result));
      return result;
    });
  }

  /** A bare transaction, for what is no act: relaying, pruning. Not retried. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    return this.inTransaction(work);
  }

  /**
   * BEGIN leaves with the first statement and COMMIT with the last one, which `last` names: they cost no round trip of their own. PostgreSQL
   * runs them in order all the same, and what follows a refused statement does nothing until the transaction ends.
   */
  private async inTransaction<Result>(
    work: (query: Query, last: (statement: () => Promise<unknown>) => void) => Promise<Result>,
  ): Promise<Result> {
    const job = jobInHand.getStore();
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as pg.PoolClient;
      together(client);
      const begin = client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
      // Of a job, the fence leaves with them.
      const begun = job ? Promise.all([begin, fence(this.queryOn(client), job)]) : begin;
      // Reported by the first statement that comes back.
      begun.catch(() => undefined);
      let last: () => Promise<unknown> = () => begun;
      let result: Result;
      try {
        const query = this.queryOn(client, begun);
        result = await work(query, (statement) => {
          last = statement;
        });
        if (job) await begun;
        refuseIfLate();
      } catch (error) {
        // A connection that broke has nothing left to roll back; the first error is the one to report.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
      await commitWith(client, last);
      return result;
    } finally {
      await runner.release().catch(() => undefined);
    }
  }

  /** Statements are prepared once a connection: the text's hash names them. Their answers come after that of `begun`, which they rely on. */
  private queryOn(client: pg.PoolClient, begun?: Promise<unknown>): Query {
    return async <Row>(sql: string, params: readonly unknown[] = []) => {
      const { rows } = await client.query({ name: this.nameOf(sql), text: sql, values: params as unknown[] });
      await begun;
      return rows as Row[];
    };
  }

  private nameOf(sql: string): string {
    const known = this.statementNames.get(sql);
    if (known !== undefined) return known;
    const name = createHash('sha1').update(sql).digest('base64url');
    this.statementNames.set(sql, name);
    return name;
  }
}

/** What is asked of this connection until the end of the tick leaves in one packet, which PostgreSQL wakes up once for. */
function together(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  process.nextTick(() => {
    stream.uncork();
  });
}

/**
 * Runs `last`, then commits. Either way the transaction is over: PostgreSQL answers COMMIT by a rollback after a statement that failed.
 * @throws what refused `last`, else what refused the COMMIT: then nothing is written
 */
async function commitWith(client: pg.PoolClient, last: () => Promise<unknown>): Promise<void> {
  together(client);
  const [before, commit] = await Promise.allSettled([last(), client.query('COMMIT')]);
  if (before.status === 'rejected') throw before.reason;
  if (commit.status === 'rejected') throw commit.reason;
  // PostgreSQL answers ROLLBACK when a statement failed before, even one whose error was swallowed.
  if (commit.value.command !== 'COMMIT') throw new Error('A statement of the transaction failed: nothing was committed.');
}

/** A CHECK refused what `Tx.write` sent. */
class RefusedWrite extends Error {
  constructor(
    override readonly cause: unknown,
    readonly explain: (read: Query) => Promise<void>,
  ) {
    super('A CHECK refused a statement.', { cause });
  }
}

interface Write {
  readonly sql: string;
  readonly params: readonly unknown[];
  readonly explain: ((read: Query) => Promise<void>) | undefined;
}

class Records implements Tx {
  private readonly audits: Record<string, unknown>[] = [];
  private readonly events: Record<string, unknown>[] = [];
  private readonly writes: Write[] = [];
  readonly at: Date;

  constructor(
    private readonly actor: Actor,
    private readonly context: RequestContext | undefined,
    private readonly send: Query,
    now: Date,
  ) {
    this.at = context?.receivedAt ?? now;
  }

  readonly query: Query = async <Row>(sql: string, params?: readonly unknown[]) => {
    const writes = this.writes.splice(0).map((each) => this.sendWrite(each));
    const answer = this.send<Row>(sql, params);
    // The first refusal is the one to report: what follows it only says that the transaction is over.
    const refused = (await Promise.allSettled([...writes, answer])).find(({ status }) => status === 'rejected');
    if (refused) throw (refused as PromiseRejectedResult).reason;
    return answer;
  };

  write(sql: string, params: readonly unknown[], explain?: (read: Query) => Promise<void>): void {
    this.writes.push({ sql, params, explain });
  }

  private async sendWrite({ sql, params, explain }: Write): Promise<void> {
    try {
      await this.send(sql, params);
    } catch (error) {
      if (explain && (error as { code?: unknown }).code === CHECK_VIOLATION) throw new RefusedWrite(error, explain);
      throw error;
    }
  }

  audit(act: string, object: { type: string; id: string }, before: object | null, after: object | null): void {
    this.audits.push({ id: newId(), act, object_type: object.type, object_id: object.id, before, after });
  }

  tell<Type extends EventType>(type: Type, payload: JobMap[Type]): string {
    const id = newId();
    this.events.push({ id, type, payload });
    return id;
  }

  /** One statement for everything the act leaves behind. What it says is ready before it leaves: the COMMIT would not wait for it. */
  leaving(result: unknown): () => Promise<unknown> {
    const idempotency = this.context?.idempotency;
    const { actor } = this;
    const sql = `WITH audits AS (
         INSERT INTO audit (id, at, actor_id, actor_kind, act, object_type, object_id, before, after, request_id)
         SELECT id, $2, $3, $4, act, object_type, object_id, before, after, $5
         FROM jsonb_to_recordset($1::jsonb) AS a (id uuid, act text, object_type text, object_id text, before jsonb, after jsonb)
       ), events AS (
         INSERT INTO outbox (id, type, payload, occurred_at)
         SELECT id, type, payload, $2 FROM jsonb_to_recordset($6::jsonb) AS e (id uuid, type text, payload jsonb)
       )
       INSERT INTO idempotency_keys (caller_id, operation, key, body_hash, result)
       SELECT $7::uuid, $8, $9, $10, $11 WHERE $9::text IS NOT NULL`;
    const params = [
      toJson(this.audits),
      this.at,
      actor.kind === 'user' ? actor.id : null,
      actor.kind,
      this.context?.requestId ?? null,
      toJson(this.events),
      actor.id,
      idempotency?.operation ?? null,
      idempotency?.key ?? null,
      idempotency?.bodyHash ?? null,
      idempotency ? serialize(result) : null,
    ];
    return () => this.query(sql, params);
  }
}

/** The stored result of the same request, if it already ran. v8's format keeps bigint and dates exact. */
async function recall<Result>(query: Query, actor: Actor, context: RequestContext): Promise<{ result: Result } | null> {
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

function isRetryable(error: unknown): boolean {
  if (error instanceof BievreError) return false;
  if (error instanceof RefusedWrite) return true;
  const code = (error as { code?: unknown } | null)?.code;
  return code === SERIALIZATION_FAILURE || code === DEADLOCK;
}
