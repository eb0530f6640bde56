import { DocumentRemindersJob } from './jobs/document-reminders.job.js';
import { RemindOfDocuments } from './use-cases/remind-of-documents.js';

/** What the clock tells an organisation of its documents. */
export const DOCUMENT_REMINDERS = [RemindOfDocuments, DocumentRemindersJob];
