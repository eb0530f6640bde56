import { groupBy } from '../../src/kernel/group-by.js';
import { QUEUE_RULES } from '../../src/platform/queue/index.js';
import type { TestApp } from '../setup/app.js';
import type { DossierFacts } from './facts.js';
import { NASTY, type Hooks } from './hooks.js';
import type { Verdict } from './verdict.js';

/** Messages that one worker sends at once. */
const AT_ONCE = QUEUE_RULES.webhooks.concurrency;
/** How the attempts at each nasty target must end. */
const CAUSES = { hanging: 'timeout', redirecting: 'redirect', loopback: 'address-refused' } as const;

export interface HookDeliveryFacts {
  readonly id: string;
  readonly endpointId: string;
  readonly dossierId: string;
  readonly state: string;
  /** Begun, those included whose worker died. */
  readonly attempts: number;
  /** Why each attempt that ended failed; null: it did not. */
  readonly causes: readonly (string | null)[];
}

export interface HookFigures {
  readonly told: number;
  /** Received again. */
  readonly again: number;
  readonly nastyAttempts: number;
  readonly trapped: number;
}

export interface HookEvidence {
  readonly deliveries: readonly HookDeliveryFacts[];
  readonly hooks: Pick<Hooks, 'endpoints' | 'received' | 'trapped'>;
  readonly dossiers: readonly Pick<DossierFacts, 'id' | 'audits'>[];
  /** Deaths and freezes of workers. */
  readonly stops: number;
}

/** Each submission was told to the honest system, once but for a worker that was stopped before it knew; and nobody was led inside. */
export function judgeHooks({ deliveries, hooks, dossiers, stops }: HookEvidence, verdict: Verdict): HookFigures {
  const byEndpoint = groupBy(deliveries, ({ endpointId }) => endpointId);
  const honest = byEndpoint.get(hooks.endpoints.honest.id) ?? [];
  const received = groupBy(hooks.received, (id) => id);
  for (const { id, audits } of dossiers) {
    const told = honest.filter(({ dossierId }) => dossierId === id).length;
    if (told !== Math.min(audits.length, 1)) verdict.lost.push(`dossier ${id}: ${told} webhooks for its submission`);
  }
  let [again, withoutEnd] = [0, 0];
  for (const { id, state, attempts, causes } of honest) {
    const times = received.get(id)?.length ?? 0;
    received.delete(id);
    if (state !== 'delivered' || times === 0) verdict.lost.push(`webhook ${id}: ${state}, received ${times} times`);
    // An attempt whose worker was stopped before it could say how it ended; one that did not hear an answer in time.
    const [stopped, unheard] = [attempts - causes.length, causes.filter((cause) => cause === 'timeout').length];
    if (times - 1 > stopped + unheard)
      verdict.duplicated.push(`webhook ${id}: received ${times} times, ${stopped} attempts had no end and ${unheard} no answer`);
    again += Math.max(times - 1, 0);
    withoutEnd += stopped;
  }
  for (const id of received.keys()) verdict.halfDone.push(`webhook ${id} was received, and nothing is known of it`);
  if (withoutEnd > stops * AT_ONCE) verdict.duplicated.push(`${withoutEnd} attempts had no end, ${stops} workers were stopped`);
  return { told: honest.length, again, nastyAttempts: judgeNasty(byEndpoint, hooks, verdict), trapped: hooks.trapped };
}

function judgeNasty(byEndpoint: ReadonlyMap<string, readonly HookDeliveryFacts[]>, hooks: HookEvidence['hooks'], verdict: Verdict): number {
  let attempts = 0;
  for (const name of NASTY) {
    const causes = (byEndpoint.get(hooks.endpoints[name].id) ?? []).flatMap((delivery) => delivery.causes);
    attempts += causes.length;
    for (const cause of new Set(causes)) {
      if (cause !== CAUSES[name]) verdict.halfDone.push(`a webhook of the ${name} target ended as « ${cause ?? 'a success'} »`);
    }
  }
  if (hooks.trapped > 0) verdict.halfDone.push(`${hooks.trapped} connections were led inside`);
  return attempts;
}

export function readDeliveries({ query }: TestApp): Promise<HookDeliveryFacts[]> {
  return query(
    `SELECT d.id, d.endpoint_id AS "endpointId", d.data->>'dossierId' AS "dossierId", d.state, d.attempts,
            coalesce(array_agg(a.cause ORDER BY a.number) FILTER (WHERE a.number IS NOT NULL), '{}') AS causes
     FROM webhook_deliveries d LEFT JOIN webhook_attempts a ON a.delivery_id = d.id GROUP BY d.id`,
  );
}
