import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Clock } from '../../kernel/clock.js';
import { compose } from './compose.js';
import { Mailer, type MailReceipt, type OutgoingMail } from './mailer.js';

export interface FolderOptions {
  /** Created when missing. */
  readonly folder: string;
  /** `Name <address>` */
  readonly from: string;
}

/** A kept message, as the development mailbox shows it. */
export interface KeptMail {
  readonly id: string;
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  /** RFC 3339, UTC. */
  readonly date: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Keeps messages as files instead of sending them, for the embedded mode: `<id>.eml` for a mail reader, `<id>.json` for the list. The id
 * comes from the message id, so a message handed over twice is kept once.
 */
export class FolderMailer extends Mailer {
  private readonly transport = createTransport({ streamTransport: true, buffer: true });

  constructor(
    private readonly options: FolderOptions,
    private readonly clock: Clock,
  ) {
    super();
  }

  async send(mail: OutgoingMail): Promise<MailReceipt> {
    const date = this.clock.now();
    const message = compose(mail, this.options.from);
    const composed = await this.transport.sendMail({ ...message, date });
    const id = createHash('sha256').update(mail.messageId).digest('hex').slice(0, 32);
    const kept: KeptMail = {
      id,
      messageId: mail.messageId,
      to: mail.to,
      subject: message.subject ?? '',
      date: date.toISOString(),
      text: mail.text,
      html: mail.html,
    };
    await mkdir(this.options.folder, { recursive: true, mode: 0o700 });
    await this.writeWhole(`${id}.eml`, composed.message as Buffer);
    // The list reads this one: written last, it never names a message that isn't there.
    await this.writeWhole(`${id}.json`, JSON.stringify(kept));
    return { accepted: true, response: `kept as ${id}` };
  }

  /** Newest first; empty before the first message. */
  async list(): Promise<KeptMail[]> {
    const names = await this.names();
    const mails = await Promise.all(names.map((name) => readFile(join(this.options.folder, name), 'utf8')));
    return mails.map((text) => JSON.parse(text) as KeptMail).sort((a, b) => b.date.localeCompare(a.date) || a.id.localeCompare(b.id));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async names(): Promise<string[]> {
    try {
      return (await readdir(this.options.folder)).filter((name) => name.endsWith('.json'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  /** A killed process leaves either the whole file or none under its name. */
  private async writeWhole(name: string, content: string | Buffer): Promise<void> {
    const draft = join(this.options.folder, `.${name}.${randomUUID()}`);
    await writeFile(draft, content, { mode: 0o600 });
    await rename(draft, join(this.options.folder, name));
  }
}
