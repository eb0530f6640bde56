import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { Links } from '../../../platform/http/links.js';
import type { OutgoingMail } from '../../../platform/mail/mailer.js';
import { messageIdOf, type Delivery } from '../domain/delivery.js';
import type { Outline } from '../domain/inbox.js';
import { KINDS } from '../domain/kinds.js';
import type { WrittenMessage } from '../persistence/delivery.repository.js';
import { LetterRepository } from '../persistence/letter.repository.js';
import { Letters } from './letters.js';
import { digest } from './templates/digest.message.js';
import { layOut } from './templates/layout.js';

/** A mail, and the messages that it holds. */
export interface WrittenMail {
  readonly mail: OutgoingMail;
  readonly messages: readonly WrittenMessage[];
}

interface Outlined {
  readonly delivery: Delivery;
  readonly outline: Outline;
}

/** Writes what leaves as one mail: the letter itself when it is alone, else all of them in a line each. */
@Injectable()
export class WriteMail {
  constructor(
    private readonly letters: Letters,
    private readonly people: LetterRepository,
    private readonly links: Links,
  ) {}

  /** `deliveries` are to one person. Those of which nothing is left to say are not in it; null when that is all of them. */
  async execute(query: Query, mailId: string, deliveries: readonly Delivery[], now: Date): Promise<WrittenMail | null> {
    const [first, second] = deliveries;
    if (!first) return null;
    if (!second) return this.letter(query, mailId, first, now);
    const outlined = await this.outlined(query, deliveries, now);
    const [only, another] = outlined;
    if (!only) return null;
    return another ? this.digest(query, mailId, outlined) : this.letter(query, mailId, only.delivery, now);
  }

  private async letter(query: Query, mailId: string, delivery: Delivery, now: Date): Promise<WrittenMail | null> {
    const letter = await this.letters.write(query, delivery, now);
    return letter && { mail: { ...letter, messageId: this.messageId(mailId) }, messages: [{ id: delivery.id, subject: letter.subject }] };
  }

  private async digest(query: Query, mailId: string, outlined: readonly Outlined[]): Promise<WrittenMail | null> {
    const { userId, cadence } = (outlined[0] as Outlined).delivery;
    const person = await this.people.person(query, userId);
    if (!person) return null;
    const words = digest({
      recipientName: person.name,
      because: cadence === 'immediate' ? 'same-kind' : 'chosen',
      items: outlined.map(({ delivery, outline }) => ({ ...outline, label: KINDS[delivery.kind].label })),
      link: this.links.to('/v1/me/notifications'),
    });
    return {
      mail: { ...layOut(words), to: person.email, toName: person.name, messageId: this.messageId(mailId) },
      messages: outlined.map(({ delivery, outline }) => ({ id: delivery.id, subject: outline.subject })),
    };
  }

  private async outlined(query: Query, deliveries: readonly Delivery[], now: Date): Promise<readonly Outlined[]> {
    const outlined: Outlined[] = [];
    for (const delivery of deliveries) {
      const outline = await this.letters.outline(query, delivery, now);
      if (outline) outlined.push({ delivery, outline });
    }
    return outlined;
  }

  private messageId(mailId: string): string {
    return messageIdOf(mailId, this.links.to(''));
  }
}
