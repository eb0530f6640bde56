import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';

/** Which roles give a right to know, and of what. */
export interface Sight {
  /** A kind of object of the view `webhook_sight`. */
  readonly object: string;
  /** All of them must be seen. */
  readonly ids: readonly string[];
  readonly roles: readonly string[];
}

/** The owner's account is open and they may still have endpoints. `e` is the endpoint, $1 the roles that may. */
const MAY_OWN = `EXISTS (SELECT FROM webhook_owner_rights r WHERE r.user_id = e.owner_id AND r.role = ANY ($1::text[]))`;
/** The owner may read every object. $2 the kind, $3 the ids, $4 the roles. */
const MAY_READ = `NOT EXISTS (
  SELECT FROM unnest($3::uuid[]) AS o (id)
  WHERE NOT EXISTS (
    SELECT FROM webhook_sight s JOIN webhook_owner_rights r ON r.scope_kind = s.kind AND r.scope_code = s.code
    WHERE s.object = $2::text AND s.object_id = o.id AND r.user_id = e.owner_id AND r.role = ANY ($4::text[])
      AND (s.organisation_id IS NULL OR NOT EXISTS (
        SELECT FROM actor_recusals c WHERE c.user_id = e.owner_id AND c.organisation_id = s.organisation_id))))`;

/** Who may be told of what, as rights are now. */
@Injectable()
export class WebhookSightRepository {
  /** Of those types of events, the ones that some endpoint in service asks for. */
  async heard(query: Query, eventTypes: readonly string[]): Promise<readonly string[]> {
    const rows = await query<{ type: string }>(
      `SELECT type FROM unnest($1::text[]) AS t (type)
       WHERE EXISTS (SELECT FROM webhook_endpoints e WHERE e.state = 'enabled' AND e.event_types @> ARRAY[t.type])`,
      [eventTypes],
    );
    return rows.map(({ type }) => type);
  }

  /** Endpoints in service that ask for such events and whose owner may read what this one is about. */
  async subscribers(query: Query, eventType: string, owning: readonly string[], sight: Sight): Promise<readonly string[]> {
    const rows = await query<{ id: string }>(
      `SELECT e.id FROM webhook_endpoints e
       WHERE e.state = 'enabled' AND e.event_types @> ARRAY[$5::text] AND ${MAY_OWN} AND ${MAY_READ} ORDER BY e.id`,
      [owning, sight.object, sight.ids, sight.roles, eventType],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether the endpoint's owner may still be told. Without `sight`: of something that is about nothing but the endpoint. */
  async mayTell(query: Query, endpointId: string, owning: readonly string[], sight: Sight | null): Promise<boolean> {
    const rows = sight
      ? await query(`SELECT 1 FROM webhook_endpoints e WHERE e.id = $5 AND ${MAY_OWN} AND ${MAY_READ}`, [
          ...[owning, sight.object, sight.ids, sight.roles],
          endpointId,
        ])
      : await query(`SELECT 1 FROM webhook_endpoints e WHERE e.id = $2 AND ${MAY_OWN}`, [owning, endpointId]);
    return rows.length === 1;
  }
}
