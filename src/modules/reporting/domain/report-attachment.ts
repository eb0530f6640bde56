import { NotFound } from '../../../kernel/errors.js';
import { TooManyAttachments } from './report.errors.js';
import { edited, type Report, type ReportAttachment } from './report.js';

/** Files that a report may carry. */
export const MOST_ATTACHMENTS = 10;

/** @throws ActNotAllowed, TooManyAttachments */
export function attach(report: Report, attachment: ReportAttachment, at: Date): Report {
  const after = edited(report, { attachments: [...report.attachments, attachment] }, at);
  if (after.attachments.length > MOST_ATTACHMENTS) throw new TooManyAttachments(MOST_ATTACHMENTS);
  return after;
}

/** @throws ActNotAllowed, NotFound */
export function detach(report: Report, attachmentId: string, at: Date): Report {
  const attachments = report.attachments.filter(({ id }) => id !== attachmentId);
  const after = edited(report, { attachments }, at);
  if (attachments.length === report.attachments.length) throw new NotFound();
  return after;
}
