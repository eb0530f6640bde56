export { describeFailure, scrubbed } from './failure.js';
export { JobRegistry, JobsMiswired } from './job-registry.js';
export { isClock } from './jobs.js';
export type { ClockType, EventType, Job, JobHandler, JobMap, JobType, NewJob, QueueName, RawJob } from './jobs.js';
export type { Log } from './log.js';
export { createQueueBackend, QueueBackend, QueueUnavailable, type QueueSettings } from './queue-backend.js';
export { QueueWorkers, type WorkersSettings } from './queue-workers.js';
export { Scheduler } from './scheduler.js';
