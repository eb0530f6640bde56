/**
 * Job type → payload. A module adds its own:
 *
 *     declare module '../../../platform/queue/jobs.js' {
 *       interface JobMap { 'dossier.submitted.v1': { dossierId: string } }
 *     }
 *
 * Payloads hold ids only. Types that begin with `clock.` are ticks of the Scheduler: no payload, no outbox row.
 */
export interface JobMap {
  [clock: `clock.${string}`]: Record<string, never>;
}

export type JobType = Extract<keyof JobMap, string>;
export type ClockType = `clock.${string}`;
export type EventType = Exclude<JobType, ClockType>;

/** A queue a purpose: a slow mail server must hold back neither documents nor clocks. How each is worked on: `QUEUE_RULES`. */
export const QUEUES = ['events', 'mail', 'documents', 'imports', 'exports', 'webhooks', 'clocks'] as const;
export type QueueName = (typeof QUEUES)[number];

/** One delivery. `id` is the outbox row's id (for a tick, the name of its clock); `attempt` counts offers from 1. */
export interface Job<Type extends JobType = JobType> {
  readonly id: string;
  readonly type: Type;
  readonly payload: JobMap[Type];
  readonly attempt: number;
}

/** Resolves once the work is done; whatever it throws has the event offered again later. May run more than once for one event. */
export type JobHandler<Type extends JobType> = (job: Job<Type>) => Promise<void>;

/** A delivery as the queue carries it, before the registry has given it its type. */
export interface RawJob {
  readonly id: string;
  readonly type: string;
  readonly payload: unknown;
  readonly attempt: number;
}

/** What to put on a queue; two with one `jobId` are one job. */
export interface NewJob extends RawJob {
  /** Without ':' (BullMQ's own separator). */
  readonly jobId: string;
  /** More deliveries of its type that travel with it. */
  readonly others?: readonly Omit<RawJob, 'type'>[];
}

/** What a worker takes at once: deliveries of one type, each of which goes well or badly by itself. */
export interface Bundle {
  readonly jobId: string;
  readonly type: string;
  /** At least one. */
  readonly jobs: readonly RawJob[];
}

/** Of those that went badly, by their ids: why. */
export type Failures = ReadonlyMap<string, unknown>;

/** Does what it can of them. What it throws has all of them offered again later; what it names, those only. */
export type BundleHandler<Type extends JobType> = (jobs: readonly Job<Type>[]) => Promise<Failures>;

export function isClock(type: string): type is ClockType {
  return type.startsWith('clock.');
}
