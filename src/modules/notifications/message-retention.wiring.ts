import { MessageRetentionJob } from './jobs/message-retention.job.js';
import { MessageRetentionRepository } from './persistence/message-retention.repository.js';
import { RetainMessages } from './use-cases/retain-messages.js';

/** How messages come to their end. */
export const MESSAGE_RETENTION = [MessageRetentionRepository, RetainMessages, MessageRetentionJob];
