import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../kernel/clock.js';
import { BievreError } from '../../kernel/errors.js';
import type { Actor } from '../auth/actor.js';
import { fence, jobInHand, refuseIfLate } from '../job-in-hand.js';
import { requestContext, type RequestContext } from '../request-context.js';
import { recall } from './idempotency.js';
import type { Query } from './query.js';
import { Records, RefusedWrite, type Tx } from './records.js';

export { IdempotencyKeyReused, SameRequestRunning } from './idempotency.js';
export type { Tx } from './records.js';

type Work<Result> = (query: Query, last: (statements: () => Promise<unknown>) => void) => Promise<Result>;

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const MAX_ATTEMPTS = 8;

/** Runs acts: everything an act reads, decides, writes, records and tells is one transaction, retried whole when PostgreSQL asks for it. */
export class UnitOfWork {
  private readonly statementNames = new Map<string, string>();

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Reads without a transaction. */
  readonly read: Query = <Row>(sql: string, params?: readonly unknown[]) => this.reading((query) => query<Row>(sql, params));

  /** All that an operation reads, on one connection and without a transaction: statements that do not wait for each other's answers leave together. */
  async reading<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    const runner = this.source.createQueryRunner();
    let last: Promise<unknown> = Promise.resolve();
    try {
      const query = this.queryOn((await runner.connect()) as pg.PoolClient);
      return await work(<Row>(sql: string, params?: readonly unknown[]) => {
        const answer = query<Row>(sql, params);
        last = answer.catch(() => undefined);
        return answer;
      });
    } finally {
      // What was asked along with a statement that was refused: the next reader does not wait for it.
      await last;
      await runner.release();
    }
  }

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

  /** A bare transaction, for what is no act: relaying, pruning. Not retried. `last` may name statements whose answers nobody waits for. */
  transaction<Result>(work: Work<Result>): Promise<Result> {
    return this.inTransaction(work);
  }

  /**
   * BEGIN leaves with the first statement and COMMIT with the last ones, which `last` names: they cost no round trip of their own. PostgreSQL
   * runs them in order all the same, and what follows a refused statement does nothing until the transaction ends.
   */
  private async inTransaction<Result>(work: Work<Result>): Promise<Result> {
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

  /**
   * Statements are prepared once a connection: the text's hash names them. Their answers come after that of `begun`, whose refusal is the one to report:
   * theirs only says that the transaction is over.
   */
  private queryOn(client: pg.PoolClient, begun?: Promise<unknown>): Query {
    return async <Row>(sql: string, params: readonly unknown[] = []) => {
      together(client);
      const answer = client.query({ name: this.nameOf(sql), text: sql, values: params as unknown[] });
      answer.catch(() => undefined);
      await begun;
      return (await answer).rows as Row[];
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

function isRetryable(error: unknown): boolean {
  if (error instanceof BievreError) return false;
  if (error instanceof RefusedWrite) return true;
  const code = (error as { code?: unknown } | null)?.code;
  return code === SERIALIZATION_FAILURE || code === DEADLOCK;
}
