import { Injectable } from '@nestjs/common';
import { groupBy } from '../../../kernel/group-by.js';
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
  readonly id: string;
  readonly mail: OutgoingMail;
  readonly messages: readonly WrittenMessage[];
}

type ToPutIn = Delivery & { readonly mailId: string };

interface Written extends Words {
  readonly delivery: ToPutIn;
}

/** Writes what leaves as one mail: the letter itself when it is alone, else all of them, in a line each or in full if they are legal. */
@Injectable()
export class WriteMail {
  constructor(
    private readonly letters: Letters,
    private readonly links: Links,
  ) {}

  /** Those of one mail are to one person. Those of which nothing is left to say are in none; a mail of nothing else is not written. */
  async execute(query: Query, deliveries: readonly ToPutIn[], now: Date): Promise<readonly WrittenMail[]> {
    const words = await this.letters.words(query, deliveries, now);
    const written = deliveries.flatMap((delivery, index) => {
      const said = words[index];
      return said ? [{ ...said, delivery }] : [];
    });
    return [...groupBy(written, ({ delivery }) => delivery.mailId)].map(([id, ofMail]) => this.lay(id, ofMail));
  }

  private lay(id: string, written: readonly [Written, ...Written[]]): WrittenMail {
    const [{ to }] = written;
    return {
      id,
      mail: { ...layOut(this.together(written)), to: to.email, toName: to.name, messageId: messageIdOf(id, this.links.to('')) },
      messages: written.map(({ delivery, message }) => ({ id: delivery.id, subject: outlineOf(message).subject })),
    };
  }

  private together(written: readonly [Written, ...Written[]]): Message {
    const [first, ...others] = written;
    const kind = KINDS[first.delivery.kind];
    if (others.length === 0) return first.message;
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
