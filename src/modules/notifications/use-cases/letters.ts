import { Inject, Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { mayReceive } from '../domain/catalogue.js';
import type { Delivery } from '../domain/delivery.js';
import type { Outline } from '../domain/inbox.js';
import type { MailKind } from '../domain/mail-data.js';
import { LetterRepository, type Person } from '../persistence/letter.repository.js';
import type { Asked } from './asked.js';
import { LETTER_READERS, type Reader, type Readers } from './readers.js';
import { outlineOf } from './templates/layout.js';
import type { Message } from './templates/message.js';
import { worded } from './templates/templates.js';

/** What is said, and to whom. */
export interface Words {
  readonly message: Message;
  readonly to: Person;
}

/** What of a delivery its words depend on. */
export type ToWrite = Pick<Delivery, 'userId' | 'kind' | 'refs'>;

/** Writes any message from the ids it is about, as things are now. */
@Injectable()
export class Letters {
  constructor(
    private readonly facts: LetterRepository,
    @Inject(LETTER_READERS) private readonly readers: Readers,
  ) {}

  /** In one line, for who reads it on screen. Null as below. */
  async outline(query: Query, delivery: ToWrite, now: Date): Promise<Outline | null> {
    const words = await this.words(query, delivery, now);
    return words && outlineOf(words.message);
  }

  /** Null: nobody is left to say it to, or nothing to say. */
  async words(query: Query, { userId, kind, refs }: ToWrite, now: Date): Promise<Words | null> {
    const to = await this.facts.person(query, userId);
    if (!to || !mayReceive(kind, to)) return null;
    const message = await this.message(kind, { query, to, refs, now });
    return message && { message, to };
  }

  private async message<Kind extends MailKind>(kind: Kind, asked: Asked): Promise<Message | null> {
    const read: Reader<Kind> = this.readers[kind];
    const data = await read(asked);
    return data === null ? null : worded(kind, data);
  }
}
