import type { Job as BullJob, Queue, Worker } from 'bullmq';
import type { QueueName, RawJob } from './jobs.js';

type Carriage = Omit<RawJob, 'type'>;

/** What a job carries through the store. Ids only. */
export interface Carried extends Carriage {
  readonly others?: readonly Carriage[];
}

/** The parts of BullMQ's classes in use, the same on both stores. */
export type BullQueue = Pick<
  Queue<Carried, void>,
  'addBulk' | 'getJob' | 'getJobCounts' | 'upsertJobScheduler' | 'getJobSchedulers' | 'removeJobScheduler' | 'waitUntilReady' | 'close'
> & { on(event: 'error', listener: (error: Error) => void): unknown };

export type BullWorker = Pick<Worker<Carried, void>, 'waitUntilReady' | 'run' | 'close'> & {
  on(event: 'error', listener: (error: Error) => void): unknown;
};

export type Processor = (job: BullJob<Carried, void>) => Promise<void>;

/** Where BullMQ keeps its jobs. */
export interface Transport {
  readonly kind: 'redis' | 'postgres';
  /** False when a command sent now is sure to fail. */
  reachable(): boolean;
  /** Makes the store ready for BullMQ; may be called again after a failure. */
  prepare(): Promise<void>;
  /** Runs `work` while no other process does, where the store would mix up two that write clocks at once. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  queue(name: QueueName): BullQueue;
  worker(name: QueueName, process: Processor, concurrency: number): BullWorker;
  /** Drops every connection that is left. May wait for a store that does not answer. */
  close(): Promise<void>;
}

/**
 * A worker killed with `kill -9` gives its jobs back after 5 to 10 s (60 s with BullMQ's defaults). One attempt: the outbox offers again.
 * Finished jobs are kept in small numbers, for looking at: the outbox is the record.
 */
export const WORKER_OPTIONS = {
  autorun: false,
  lockDuration: 5_000,
  stalledInterval: 5_000,
  maxStalledCount: 3,
  runRetryDelay: 1_000,
  removeOnComplete: { count: 100 },
  removeOnFail: { count: 500 },
} as const;
