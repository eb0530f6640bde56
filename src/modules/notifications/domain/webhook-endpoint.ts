import { next, type TransitionTable } from '../../../kernel/transitions.js';
import type { WebhookEvent } from './webhook-events.js';
import { WebhookEndpointDisabled, WebhookUrlRefused } from './webhook.errors.js';

/** Endpoints that one person may have. */
export const ENDPOINTS_PER_OWNER = 20;
const HOUR_MS = 3_600_000;
/** How long the former secret still signs beside the new one. */
const OVERLAP_MS = 24 * HOUR_MS;
/** How long an endpoint may do nothing but fail. */
const FAILING_MS = 5 * 24 * HOUR_MS;

export const ENDPOINT_STATES = ['enabled', 'disabled'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];
type EndpointAct = 'enable' | 'disable';

export const ENDPOINT_TRANSITIONS: TransitionTable<EndpointState, EndpointAct> = {
  enabled: { disable: 'disabled' },
  disabled: { enable: 'enabled' },
};

/** `gone`: it answered 410. `failing`: it did nothing but fail for five days. */
export const DISABLED_CAUSES = ['by-hand', 'gone', 'failing'] as const;
export type DisabledCause = (typeof DISABLED_CAUSES)[number];

/** Where somebody's system is told of events, and of which. Its secrets are kept apart. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly ownerId: string;
  readonly url: string;
  readonly description: string | null;
  readonly eventTypes: readonly WebhookEvent[];
  readonly state: EndpointState;
  readonly disabledCause: DisabledCause | null;
  readonly disabledAt: Date | null;
  /** Of the first failure since the last success. */
  readonly failingSince: Date | null;
  /** Until when the former secret signs too; null when there is none. */
  readonly previousSecretUntil: Date | null;
  readonly version: number;
  readonly createdAt: Date;
}

/** As it will be called. @throws WebhookUrlRefused */
export function targetOf(url: string, allowHttp: boolean): URL {
  if (!URL.canParse(url)) throw new WebhookUrlRefused('Cette adresse est mal écrite : attendue, une adresse complète, https://…');
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && !(allowHttp && parsed.protocol === 'http:'))
    throw new WebhookUrlRefused('L’adresse doit commencer par https:// : ce qui est envoyé et sa signature doivent rester entre nous.');
  if (parsed.username !== '' || parsed.password !== '')
    throw new WebhookUrlRefused('L’adresse ne doit porter ni nom d’utilisateur ni mot de passe : la signature dit qui envoie.');
  if (parsed.hash !== '') throw new WebhookUrlRefused('L’adresse ne doit pas porter de fragment (#…) : il n’est jamais envoyé.');
  return parsed;
}

/** @throws ActNotAllowed */
export function disable(endpoint: WebhookEndpoint, cause: DisabledCause, now: Date): WebhookEndpoint {
  const state = next(ENDPOINT_TRANSITIONS, endpoint.state, 'disable');
  return { ...endpoint, state, disabledCause: cause, disabledAt: now, version: endpoint.version + 1 };
}

/** Its failures are forgotten with what stopped it. @throws ActNotAllowed */
export function enable(endpoint: WebhookEndpoint): WebhookEndpoint {
  const state = next(ENDPOINT_TRANSITIONS, endpoint.state, 'enable');
  return { ...endpoint, state, disabledCause: null, disabledAt: null, failingSince: null, version: endpoint.version + 1 };
}

/** @throws WebhookEndpointDisabled */
export function assertEnabled({ state }: WebhookEndpoint): void {
  if (state === 'disabled') throw new WebhookEndpointDisabled();
}

export function overlapEnd(now: Date): Date {
  return new Date(now.getTime() + OVERLAP_MS);
}

/** Whether it has done nothing but fail for too long. */
export function hasFailedTooLong({ failingSince }: WebhookEndpoint, now: Date): boolean {
  return failingSince !== null && now.getTime() - failingSince.getTime() >= FAILING_MS;
}
