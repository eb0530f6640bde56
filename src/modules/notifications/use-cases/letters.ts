import { Inject, Injectable } from '@nestjs/common';
import { askByGroup } from '../../../kernel/group-by.js';
import { askingOnce, type Query } from '../../../platform/database/query.js';
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

  /** Each in one line, for who reads it on screen. Null as below. */
  async outlines(query: Query, deliveries: readonly ToWrite[], now: Date): Promise<readonly (Outline | null)[]> {
    const all = await this.words(query, deliveries, now);
    return all.map((words) => words && outlineOf(words.message));
  }

  /** In their order; null: nobody is left to say it to, or nothing to say. What several of them are about is read once. */
  async words(query: Query, deliveries: readonly ToWrite[], now: Date): Promise<readonly (Words | null)[]> {
    if (deliveries.length === 0) return [];
    const read = askingOnce(query);
    const people = await this.facts.people(query, [...new Set(deliveries.map(({ userId }) => userId))]);
    const byId = new Map(people.map((person) => [person.id, person]));
    const asked = deliveries.flatMap(({ userId, kind, refs }, place) => {
      const to = byId.get(userId);
      return to && mayReceive(kind, to) ? [{ place, kind, query: read, to, refs, now }] : [];
    });
    const messages = await askByGroup(
      asked,
      ({ kind }) => kind,
      (kind, alike) => this.messages(kind, alike),
    );
    const words: (Words | null)[] = deliveries.map(() => null);
    for (const [index, { place, to }] of asked.entries()) {
      const message = messages[index];
      if (message) words[place] = { message, to };
    }
    return words;
  }

  private async messages<Kind extends MailKind>(kind: Kind, asked: readonly Asked[]): Promise<readonly (Message | null)[]> {
    const read: Reader<Kind> = this.readers[kind];
    const data = typeof read === 'function' ? await Promise.all(asked.map(read)) : await read.together(asked);
    return data.map((each) => each && worded(kind, each));
  }
}
