import type { Query } from '../database/query.js';
import { describeFailure, isClock, type JobRegistry, type Log, type RawJob } from '../queue/index.js';
import { isPending, markHandled, recordFailure } from './outbox.store.js';

/** A delivery failed. It carries the failure's description and nothing else, because the queue keeps messages and stacks. */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';

  constructor(reason: string) {
    super(reason);
    this.stack = `${this.name}: ${reason}`;
  }
}

/**
 * What a worker does with a job: skip an event that is already handled, else run its handler, and mark the event handled once the handler
 * has resolved (a handler that works in a transaction has marked it there already).
 */
export function outboxDelivery(query: Query, registry: JobRegistry, log: Log): (job: RawJob) => Promise<void> {
  return async (job) => {
    const route = registry.route(job.type);
    if (route === undefined || route === 'ignored') throw new DeliveryFailed(`no handler for ${job.type} in this build`);
    const isEvent = !isClock(job.type);
    if (isEvent && !(await isPending(query, job.id))) return;
    try {
      await route.handle(job);
    } catch (error) {
      const reason = describeFailure(error);
      log.warn({ type: job.type, id: job.id, attempt: job.attempt, reason, at: placeOf(error) }, 'a job failed');
      // The reason is a help, not the record: the event is offered again whether or not this is written.
      if (isEvent) await recordFailure(query, job.id, reason).catch(() => undefined);
      throw new DeliveryFailed(reason);
    }
    if (isEvent) await markHandled(query, job.id);
  };
}

/** The stack without its first line, which repeats the message. */
function placeOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at ')).slice(0, 5);
}
