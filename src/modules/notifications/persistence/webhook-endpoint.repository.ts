import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.js';

/** Sealed. */
export interface EndpointSecrets {
  readonly current: Buffer;
  readonly previous: Buffer | null;
  readonly previousUntil: Date | null;
}

const COLUMNS = `e.id, e.owner_id AS "ownerId", e.url, e.description, e.event_types AS "eventTypes", e.state, e.disabled_cause AS "disabledCause",
  e.disabled_at AS "disabledAt", e.failing_since AS "failingSince", e.previous_secret_until AS "previousSecretUntil", e.version,
  e.created_at AS "createdAt"`;

@Injectable()
export class WebhookEndpointRepository {
  /** Makes those who add one for the same owner at once queue up. Gives how many the owner has. */
  async countOf(query: Query, ownerId: string): Promise<number> {
    await query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [ownerId]);
    const [row] = await query<{ count: number }>(
      'SELECT count(*)::int AS count FROM webhook_endpoints WHERE owner_id = $1 AND removed_at IS NULL',
      [ownerId],
    );
    return row?.count ?? 0;
  }

  async insert(query: Query, { id, ownerId, url, description, eventTypes, createdAt }: WebhookEndpoint, secret: Buffer): Promise<void> {
    await query(
      `INSERT INTO webhook_endpoints (id, owner_id, url, description, event_types, secret, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, ownerId, url, description, eventTypes, secret, createdAt],
    );
  }

  /** @throws NotFound */
  async get(query: Query, id: string): Promise<WebhookEndpoint> {
    return found(await query<WebhookEndpoint>(`SELECT ${COLUMNS} FROM webhook_endpoints e WHERE e.id = $1 AND e.removed_at IS NULL`, [id]));
  }

  /** Null once it is removed. */
  async find(query: Query, id: string): Promise<WebhookEndpoint | null> {
    const [row] = await query<WebhookEndpoint>(`SELECT ${COLUMNS} FROM webhook_endpoints e WHERE e.id = $1 AND e.removed_at IS NULL`, [id]);
    return row ?? null;
  }

  /** Locked before any of its deliveries. @throws NotFound */
  async lock(query: Query, id: string): Promise<WebhookEndpoint> {
    return found(
      await query<WebhookEndpoint>(
        `SELECT ${COLUMNS} FROM webhook_endpoints e WHERE e.id = $1 AND e.removed_at IS NULL FOR NO KEY UPDATE`,
        [id],
      ),
    );
  }

  /** The endpoint of a delivery, removed or not. Null when the delivery is forgotten. */
  async lockOfDelivery(query: Query, deliveryId: string): Promise<WebhookEndpoint | null> {
    const [row] = await query<WebhookEndpoint>(
      `SELECT ${COLUMNS} FROM webhook_endpoints e
       WHERE e.id = (SELECT endpoint_id FROM webhook_deliveries WHERE id = $1) FOR NO KEY UPDATE`,
      [deliveryId],
    );
    return row ?? null;
  }

  async save(query: Query, endpoint: WebhookEndpoint): Promise<void> {
    const { id, url, description, eventTypes, state, disabledCause, disabledAt, failingSince, version } = endpoint;
    await query(
      `UPDATE webhook_endpoints
       SET url = $2, description = $3, event_types = $4, state = $5, disabled_cause = $6, disabled_at = $7, failing_since = $8, version = $9
       WHERE id = $1`,
      [id, url, description, eventTypes, state, disabledCause, disabledAt, failingSince, version],
    );
  }

  /** The secret in force becomes the former one; the former one, if any, is forgotten. */
  async rotate(query: Query, { id, previousSecretUntil, version }: WebhookEndpoint, secret: Buffer): Promise<void> {
    await query(
      `UPDATE webhook_endpoints SET previous_secret = secret, previous_secret_until = $3, secret = $2, version = $4 WHERE id = $1`,
      [id, secret, previousSecretUntil, version],
    );
  }

  /** @throws Error when it was removed */
  async secrets(query: Query, id: string): Promise<EndpointSecrets> {
    const [row] = await query<EndpointSecrets>(
      `SELECT secret AS current, previous_secret AS previous, previous_secret_until AS "previousUntil"
       FROM webhook_endpoints WHERE id = $1 AND secret IS NOT NULL`,
      [id],
    );
    if (!row) throw new Error('the endpoint has no secret');
    return row;
  }

  /** Its log stays, its secrets do not. */
  async remove(query: Query, { id, disabledCause, disabledAt, version }: WebhookEndpoint, at: Date): Promise<void> {
    await query(
      `UPDATE webhook_endpoints
       SET removed_at = $2, secret = NULL, previous_secret = NULL, previous_secret_until = NULL, state = 'disabled', disabled_cause = $3,
           disabled_at = $4, version = $5
       WHERE id = $1`,
      [id, at, disabledCause, disabledAt, version],
    );
  }

  /** Of one owner, in the order they were made. */
  async pageOf(query: Query, ownerId: string, page: PageRequest): Promise<Page<WebhookEndpoint>> {
    const rows = await query<WebhookEndpoint>(
      `SELECT ${COLUMNS} FROM webhook_endpoints e
       WHERE e.owner_id = $1 AND e.removed_at IS NULL AND ($2::uuid IS NULL OR e.id > $2) ORDER BY e.id LIMIT $3`,
      [ownerId, page.after?.[0] ?? null, page.limit + 1],
    );
    const total = page.count ? await this.countOf(query, ownerId) : undefined;
    return pageOf(rows, page, ({ id }) => [id], total);
  }
}

function found([endpoint]: readonly WebhookEndpoint[]): WebhookEndpoint {
  if (!endpoint) throw new NotFound();
  return endpoint;
}
