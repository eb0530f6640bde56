import { Readable } from 'node:stream';
import { createTransport, type NodemailerError } from 'nodemailer';
import { compose } from './compose.js';
import { Mailer, MailPermanentlyRefused, MailTemporarilyRefused, type MailReceipt, type MailRefused, type OutgoingMail } from './mailer.js';

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with its credentials. */
  readonly url: string;
  /** `Name <address>` */
  readonly from: string;
  /** Where servers report what they could not deliver; that mailbox takes `name+anything@`. Without it, they report to the sender. */
  readonly bounces?: string | undefined;
  /** Milliseconds to wait for the connection, the greeting, and each answer. */
  readonly timeoutMs?: number;
  readonly maxConnections?: number;
}

/** Of every mailer that is not told otherwise. What may take several answers must be given the time of several: `send-mail.ts`. */
export const SMTP_RULES = { timeoutMs: 15_000 };

/** Sends over SMTP on a few kept connections. Trying again is the queue's work, so it is never done here. */
export class SmtpMailer extends Mailer {
  private readonly transport;

  constructor(private readonly options: SmtpOptions) {
    super();
    const timeout = options.timeoutMs ?? SMTP_RULES.timeoutMs;
    this.transport = createTransport({
      url: options.url,
      pool: true,
      maxConnections: options.maxConnections ?? 3,
      maxRequeues: 0,
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
      dnsTimeout: timeout,
    });
    this.transport.use('stream', ({ message }, done) => {
      message.processFunc((parts) => Readable.from(whole(parts), { objectMode: false }));
      done();
    });
  }

  async send(mail: OutgoingMail): Promise<MailReceipt> {
    const message = compose(mail, this.options.from, this.options.bounces);
    try {
      const sent = await this.transport.sendMail(message);
      return { accepted: sent.accepted.length > 0, response: sent.response };
    } catch (error) {
      throw refusal(error);
    }
  }

  close(): Promise<void> {
    this.transport.close();
    return Promise.resolve();
  }
}

/** nodemailer hands each header and part to the socket by itself, a call to the system each. Our mails are small: they leave in one. */
async function* whole(parts: Readable): AsyncGenerator<Buffer> {
  yield Buffer.concat((await parts.toArray()) as Buffer[]);
}

/** Only a 5xx about the recipient or the message is final: one about the sender or the credentials is ours to mend, then it passes. */
function refusal(error: unknown): MailRefused {
  const { message, response, responseCode = 0, command = '' } = error as NodemailerError;
  const said = response ?? message;
  const final = responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return final ? new MailPermanentlyRefused(said, { cause: error }) : new MailTemporarilyRefused(said, { cause: error });
}
