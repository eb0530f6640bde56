import type { SendMailOptions } from 'nodemailer';
import { MailPermanentlyRefused, type OutgoingMail } from './mailer.js';

/** A bare address: one recipient, without quotes, comments, lists or line breaks. */
const ADDRESS = /^[^\s<>()[\]\\,;:"@]{1,64}@[^\s<>()[\]\\,;:"@]{1,253}$/u;
const MESSAGE_ID = /^<[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+>$/u;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/u;
const CONTROL = /\p{Cc}/u;

/** Says to mail robots that no answer is expected (RFC 3834). */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/**
 * What nodemailer is given. Text that people wrote (subject, name) is put on one line; what machines read must be exact, so that nothing can
 * add a header or a recipient. `bounces`: where servers report to, `name@domain`; the mail's id is added to it, so that a report that quotes nothing
 * still tells of which mail it is. @throws MailPermanentlyRefused
 */
export function compose(mail: OutgoingMail, from: string, bounces?: string): SendMailOptions {
  const headers = { ...AUTOMATIC, ...mail.headers };
  if (!ADDRESS.test(mail.to)) throw new MailPermanentlyRefused('The recipient is not an address.');
  if (!MESSAGE_ID.test(mail.messageId)) throw new MailPermanentlyRefused('The message id is malformed.');
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name) || CONTROL.test(value)) throw new MailPermanentlyRefused('A header is malformed.');
  }
  return {
    from,
    to: { name: oneLine(mail.toName), address: mail.to },
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    ...(bounces === undefined ? {} : { envelope: { from: returnPath(bounces, mail.messageId), to: mail.to } }),
    headers,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function returnPath(bounces: string, messageId: string): string {
  const [name, domain] = bounces.split('@');
  return `${name ?? ''}+${messageId.slice(1, messageId.indexOf('@')).replaceAll('-', '')}@${domain ?? ''}`;
}

function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}
