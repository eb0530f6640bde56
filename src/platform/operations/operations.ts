import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/id.js';
import { NotFound } from '../../kernel/errors.js';
import type { Actor } from '../auth/actor.js';
import type { Query } from '../database/query.js';
import { UnitOfWork, type Tx } from '../database/unit-of-work.js';

export interface Operation {
  readonly id: string;
  readonly kind: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total: number | null;
  readonly resultPath: string | null;
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** An operation in the hands of its job: what was asked, by whom, and how many steps an earlier run did. */
export interface ResumedOperation {
  readonly subjectId: string;
  readonly parameters: unknown;
  readonly createdBy: string;
  readonly done: number;
}

const COLUMNS = `id, kind, state, done, total, result_path AS "resultPath", failure, created_at AS "createdAt", finished_at AS "finishedAt"`;

const GIVEN_UP = 'Le traitement a été abandonné après plusieurs échecs : un administrateur peut le relancer.';
const DISCARDED = 'Le traitement a été abandonné après plusieurs échecs.';

/** An operation whose job was given up goes on only if an administrator has it offered again: until then it has failed. */
const AS_IT_STANDS = `
  SELECT id, kind, CASE WHEN gone THEN 'failed' ELSE state END AS state, done, total, result_path,
         CASE WHEN gone THEN '${GIVEN_UP}' ELSE failure END AS failure, created_at, finished_at, created_by
  FROM operations, LATERAL (
    SELECT state IN ('queued', 'running') AND EXISTS (
      SELECT FROM outbox e WHERE e.dead_at IS NOT NULL AND e.discarded_at IS NULL AND e.payload ->> 'operationId' = operations.id::text) AS gone
  ) AS job`;

/** What the job of an event was to do is not done any more; nothing when it carries no operation, or one that is over. */
export async function abandonOperation(query: Query, payload: Readonly<Record<string, unknown>>, at: Date): Promise<void> {
  if (typeof payload['operationId'] !== 'string') return;
  await query(`UPDATE operations SET state = 'failed', failure = $2, finished_at = $3 WHERE id = $1 AND state IN ('queued', 'running')`, [
    payload['operationId'],
    DISCARDED,
    at,
  ]);
}

/** Long work that answered 202: started in the act's transaction, moved on by the job that does it, read and cancelled by who asked. */
@Injectable()
export class Operations {
  constructor(private readonly work: UnitOfWork) {}

  async start(tx: Tx, actor: Actor, kind: string, subjectId: string, parameters: object): Promise<Operation> {
    const rows = await tx.query<Operation>(
      `INSERT INTO operations (id, kind, subject_id, parameters, created_by) VALUES ($1, $2, $3, $4, $5) RETURNING ${COLUMNS}`,
      [newId(), kind, subjectId, JSON.stringify(parameters), actor.id],
    );
    return one(rows);
  }

  /** Locks the operation for the job that works on it. Null when it is over. */
  async resume(query: Query, id: string): Promise<ResumedOperation | null> {
    const [row] = await query<ResumedOperation>(
      `UPDATE operations SET state = 'running' WHERE id = $1 AND state IN ('queued', 'running')
       RETURNING subject_id AS "subjectId", parameters, created_by AS "createdBy", done`,
      [id],
    );
    return row ?? null;
  }

  async progress(query: Query, id: string, done: number, total: number): Promise<void> {
    await query(`UPDATE operations SET done = $2, total = $3 WHERE id = $1 AND state = 'running'`, [id, done, total]);
  }

  async finish(query: Query, id: string, outcome: { resultPath?: string; failure?: string }, at: Date): Promise<void> {
    await query(
      `UPDATE operations SET state = CASE WHEN $3::text IS NULL THEN 'done' ELSE 'failed' END, result_path = $2, failure = $3, finished_at = $4
       WHERE id = $1 AND state = 'running'`,
      [id, outcome.resultPath ?? null, outcome.failure ?? null, at],
    );
  }

  /** @throws NotFound when it is not the actor's */
  async get(id: string, actor: Actor): Promise<Operation> {
    return one(
      await this.work.read<Operation>(`SELECT ${COLUMNS} FROM (${AS_IT_STANDS}) AS operations WHERE id = $1 AND created_by = $2`, [
        id,
        actor.id,
      ]),
    );
  }

  /** Stops what has not started yet or goes on step by step; steps already done stay done. @throws NotFound */
  cancel(id: string, actor: Actor): Promise<Operation> {
    return this.work.run(actor, async (tx) => {
      const mine = one(
        await tx.query<Operation>(`SELECT ${COLUMNS} FROM operations WHERE id = $1 AND created_by = $2 FOR UPDATE`, [id, actor.id]),
      );
      if (mine.state !== 'queued' && mine.state !== 'running') return mine;
      tx.audit('operation.cancelled', { type: 'operation', id }, { state: mine.state }, { state: 'cancelled' });
      return one(
        await tx.query<Operation>(`UPDATE operations SET state = 'cancelled', finished_at = $2 WHERE id = $1 RETURNING ${COLUMNS}`, [
          id,
          tx.at,
        ]),
      );
    });
  }
}

function one(rows: readonly Operation[]): Operation {
  const [row] = rows;
  if (!row) throw new NotFound();
  return row;
}
