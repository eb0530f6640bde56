import { serialize } from 'node:v8';
import { newId } from '../../kernel/id.js';
import type { Actor } from '../auth/actor.js';
import type { EventType, JobMap } from '../queue/jobs.js';
import type { RequestContext } from '../request-context.js';
import { toJson } from './json.js';
import type { Query } from './query.js';

const CHECK_VIOLATION = '23514';

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

/** A CHECK refused what `Tx.write` sent. */
export class RefusedWrite extends Error {
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

/** What one act says while it runs, until it leaves with its last statement. */
export class Records implements Tx {
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
