/** A message to one person, in both twins: the HTML one and the plain one that says the same. */
export interface OutgoingMail {
  readonly to: string;
  readonly toName: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** `<local@domain>`, chosen by the caller: a message sent again after a crash keeps it, and mail readers show it once. */
  readonly messageId: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface MailReceipt {
  readonly accepted: boolean;
  /** The last line the server said. */
  readonly response: string;
}

/** Hands messages over; a resolved promise means that someone else is now in charge of the message. */
export abstract class Mailer {
  /** @throws MailPermanentlyRefused, MailTemporarilyRefused */
  abstract send(mail: OutgoingMail): Promise<MailReceipt>;

  /** Ends what keeps the process alive (open connections); what is being sent is finished first. */
  abstract close(): Promise<void>;
}

/** Why a message didn't leave. `response` is what the server said: it may quote the recipient, so it stays out of the logs. */
export abstract class MailRefused extends Error {
  abstract readonly permanent: boolean;

  constructor(
    readonly response: string,
    options?: ErrorOptions,
  ) {
    super(response, options);
    this.name = new.target.name;
  }
}

/** The server is down, busy or misconfigured: the same message may pass later. */
export class MailTemporarilyRefused extends MailRefused {
  readonly permanent = false;
}

/** This recipient or this message will never pass: trying again is useless. */
export class MailPermanentlyRefused extends MailRefused {
  readonly permanent = true;
}
