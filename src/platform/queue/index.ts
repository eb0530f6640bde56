export { describeFailure, PermanentFailure, PutOff, scrubbed } from './failure.js';
export { JobRegistry, JobsMiswired } from './job-registry.js';
export { isClock, QUEUES } from './jobs.js';
export type { Bundle, ClockType, EventType, Failures, Job, JobHandler, JobMap, JobType, NewJob, QueueName, RawJob } from './jobs.js';
export type { Log } from './log.js';
export { createQueueBackend, QueueBackend, QueueUnavailable, type QueueSettings } from './queue-backend.js';
export { backoffMs, QUEUE_RULES, type QueueRules, type Rules } from './queue-rules.js';
export { QueueWorkers, type WorkersSettings } from './queue-workers.js';
export { Scheduler } from './scheduler.js';
