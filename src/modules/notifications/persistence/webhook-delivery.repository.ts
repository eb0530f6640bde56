import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { Refs } from '../domain/delivery.js';
import type { WebhookAttempt, WebhookDelivery, WebhookDeliveryState } from '../domain/webhook-delivery.js';

export interface NewWebhookDeliveries {
  readonly eventId: string;
  readonly eventType: string;
  readonly endpointIds: readonly string[];
  readonly data: Refs;
  readonly at: Date;
}

export interface LoggedDelivery extends WebhookDelivery {
  readonly eventId: string;
  /** The oldest first. */
  readonly log: readonly WebhookAttempt[];
}

const COLUMNS = `d.id, d.endpoint_id AS "endpointId", d.event_id AS "eventId", d.event_type AS "eventType", d.occurred_at AS "occurredAt", d.data, d.state,
  d.attempts, d.tries, d.next_attempt_at AS "nextAttemptAt", d.in_hand_until AS "inHandUntil", d.created_at AS "createdAt",
  d.finished_at AS "finishedAt"`;
const LOGGED = `SELECT ${COLUMNS}, coalesce(l.log, '[]') AS log FROM webhook_deliveries d CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('number', a.number, 'at', a.at, 'durationMs', a.duration_ms, 'statusCode', a.status_code, 'cause', a.cause)
                    ORDER BY a.number) AS log
    FROM webhook_attempts a WHERE a.delivery_id = d.id) l`;

@Injectable()
export class WebhookDeliveryRepository {
  /** One an endpoint, but for those that have theirs for this event. Gives the new ones' ids: an event of the outbox must stand for each. */
  async add(query: Query, { eventId, eventType, endpointIds, data, at }: NewWebhookDeliveries): Promise<readonly string[]> {
    const rows = await query<{ id: string }>(
      `INSERT INTO webhook_deliveries (id, endpoint_id, event_id, event_type, occurred_at, data, next_attempt_at, created_at)
       SELECT n.id, n.endpoint_id, $3, $4, coalesce((SELECT occurred_at FROM outbox WHERE id = $3), $6), $5, $6, $6
       FROM unnest($1::uuid[], $2::uuid[]) AS n (id, endpoint_id)
       ON CONFLICT (endpoint_id, event_id) DO NOTHING
       RETURNING id`,
      [endpointIds.map(() => newId()), endpointIds, eventId, eventType, JSON.stringify(data), at],
    );
    return rows.map(({ id }) => id);
  }

  /** Once its endpoint is locked. Null when it is forgotten. */
  async lock(query: Query, id: string): Promise<WebhookDelivery | null> {
    const [row] = await query<WebhookDelivery>(`SELECT ${COLUMNS} FROM webhook_deliveries d WHERE d.id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  /** How many of the endpoint some worker is sending now. */
  async inHand(query: Query, endpointId: string, now: Date): Promise<number> {
    const [row] = await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM webhook_deliveries WHERE endpoint_id = $1 AND state = 'pending' AND in_hand_until > $2`,
      [endpointId, now],
    );
    return row?.count ?? 0;
  }

  /** @param isOffered whether an event of the outbox stands for its next attempt */
  async save(query: Query, delivery: WebhookDelivery, isOffered: boolean): Promise<void> {
    const { id, state, attempts, tries, nextAttemptAt, inHandUntil, finishedAt } = delivery;
    await query(
      `UPDATE webhook_deliveries
       SET state = $2, attempts = $3, tries = $4, next_attempt_at = $5, in_hand_until = $6, finished_at = $7, is_offered = $8 WHERE id = $1`,
      [id, state, attempts, tries, nextAttemptAt, inHandUntil, finishedAt, isOffered],
    );
  }

  async addAttempt(query: Query, deliveryId: string, { number, at, durationMs, statusCode, cause }: WebhookAttempt): Promise<void> {
    await query(`INSERT INTO webhook_attempts (delivery_id, number, at, duration_ms, status_code, cause) VALUES ($1, $2, $3, $4, $5, $6)`, [
      deliveryId,
      number,
      at,
      durationMs,
      statusCode,
      cause,
    ]);
  }

  /** Everything that waits for an endpoint that is stopped. One in hand is left to whoever has it: its attempt is written down. */
  async cancelWaiting(query: Query, endpointId: string, at: Date): Promise<void> {
    await query(
      `UPDATE webhook_deliveries SET state = 'cancelled', next_attempt_at = NULL, finished_at = $2 WHERE endpoint_id = $1 AND state = 'pending'`,
      [endpointId, at],
    );
  }

  /** No attempt will be made any more. The id comes from an event that could not be handled, and may be none. */
  async giveUp(query: Query, id: unknown, at: Date): Promise<void> {
    await query(
      `UPDATE webhook_deliveries SET state = 'failed', next_attempt_at = NULL, in_hand_until = NULL, finished_at = $2, is_offered = false
       WHERE id::text = $1::text AND state = 'pending'`,
      [id, at],
    );
  }

  /**
   * Takes those whose turn has come, the longest due first, no more an endpoint than `room` says: a backlog waits here rather than in the outbox.
   * An event of the outbox must stand for each.
   */
  async takeDue(query: Query, now: Date, room: { readonly healthy: number; readonly failing: number }): Promise<readonly string[]> {
    const rows = await query<{ id: string }>(
      `UPDATE webhook_deliveries SET is_offered = true
       WHERE id IN (
         SELECT due.id
         FROM webhook_endpoints e
         CROSS JOIN LATERAL (
           SELECT CASE WHEN e.failing_since IS NULL THEN $2::integer ELSE $3::integer END - count(*)::integer AS free
           FROM webhook_deliveries o WHERE o.endpoint_id = e.id AND o.state = 'pending' AND o.is_offered) r
         CROSS JOIN LATERAL (
           SELECT d.id FROM webhook_deliveries d
           WHERE d.endpoint_id = e.id AND d.state = 'pending' AND NOT d.is_offered AND d.next_attempt_at <= $1
           ORDER BY d.next_attempt_at LIMIT greatest(r.free, 0) FOR UPDATE SKIP LOCKED) due
         WHERE e.state = 'enabled')
       RETURNING id`,
      [now, room.healthy, room.failing],
    );
    return rows.map(({ id }) => id);
  }

  /** @throws NotFound */
  async get(query: Query, endpointId: string, id: string): Promise<LoggedDelivery> {
    const [row] = await query<LoggedDelivery>(`${LOGGED} WHERE d.endpoint_id = $1 AND d.id = $2`, [endpointId, id]);
    if (!row) throw new NotFound();
    return read(row);
  }

  /** The newest first. */
  async page(
    query: Query,
    endpointId: string,
    state: WebhookDeliveryState | undefined,
    request: PageRequest,
  ): Promise<Page<LoggedDelivery>> {
    const kept = 'd.endpoint_id = $1 AND ($2::text IS NULL OR d.state = $2)';
    const rows = await query<LoggedDelivery>(`${LOGGED} WHERE ${kept} AND ($3::uuid IS NULL OR d.id < $3) ORDER BY d.id DESC LIMIT $4`, [
      endpointId,
      state ?? null,
      request.after?.[0] ?? null,
      request.limit + 1,
    ]);
    const counted = request.count
      ? await query<{ total: number }>(`SELECT count(*)::int AS total FROM webhook_deliveries d WHERE ${kept}`, [endpointId, state ?? null])
      : [];
    return pageOf(rows.map(read), request, ({ id }) => [id], counted[0]?.total);
  }

  /** Forgets what ended before then, a few thousand at a time, and the endpoints removed by then that nothing speaks of. Gives how many deliveries. */
  async prune(query: Query, endedBefore: Date): Promise<number> {
    const rows = await query(
      `DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE finished_at < $1 LIMIT 5000) RETURNING 1`,
      [endedBefore],
    );
    await query(
      `DELETE FROM webhook_endpoints e
       WHERE e.removed_at < $1 AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.endpoint_id = e.id)`,
      [endedBefore],
    );
    return rows.length;
  }
}

/** Instants inside JSON come as texts. */
function read({ log, ...delivery }: LoggedDelivery): LoggedDelivery {
  return { ...delivery, log: log.map((attempt) => ({ ...attempt, at: new Date(attempt.at) })) };
}
