import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { Links } from '../../../platform/http/links.js';
import type { OutgoingMail } from '../../../platform/mail/mailer.js';
import { messageIdOf, type Delivery } from '../domain/delivery.js';
import { KINDS, whyLegal } from '../domain/kinds.js';
import type { WrittenMessage } from '../persistence/delivery.repository.js';
import { Letters, type Words } from './letters.js';
import { bundle, digest } from './templates/digest.message.js';
import { layOut, outlineOf } from './templates/layout.js';
import type { Message } from './templates/message.js';

/** A mail, and the messages that it holds. */
export interface WrittenMail {
  readonly mail: OutgoingMail;
  readonly messages: readonly WrittenMessage[];
}

interface Written extends Words {
  readonly delivery: Delivery;
}

/** Writes what leaves as one mail: the letter itself when it is alone, else all of them, in a line each or in full if they are legal. */
@Injectable()
export class WriteMail {
  constructor(
    private readonly letters: Letters,
    private readonly links: Links,
  ) {}

  /** `deliveries` are to one person. Those of which nothing is left to say are not in it; null when that is all of them. */
  async execute(query: Query, mailId: string, deliveries: readonly Delivery[], now: Date): Promise<WrittenMail | null> {
    const written: Written[] = [];
    for (const delivery of deliveries) {
      const words = await this.letters.words(query, delivery, now);
      if (words) written.push({ ...words, delivery });
    }
    const [first] = written;
    if (!first) return null;
    const { to } = first;
    const mail = layOut(this.together(first, written));
    return {
      mail: { ...mail, to: to.email, toName: to.name, messageId: messageIdOf(mailId, this.links.to('')) },
      messages: written.map(({ delivery, message }) => ({ id: delivery.id, subject: outlineOf(message).subject })),
    };
  }

  private together(first: Written, written: readonly Written[]): Message {
    const kind = KINDS[first.delivery.kind];
    if (written.length === 1) return first.message;
    if (whyLegal(kind) !== null)
      return bundle(
        kind.label,
        written.map(({ message }) => message),
      );
    return digest({
      recipientName: first.to.name,
      because: first.delivery.cadence === 'immediate' ? 'same-kind' : 'chosen',
      items: written.map(({ delivery, message }) => ({ ...outlineOf(message), label: KINDS[delivery.kind].label })),
      link: this.links.to('/v1/me/notifications'),
    });
  }
}
