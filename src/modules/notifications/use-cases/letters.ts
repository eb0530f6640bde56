import { Inject, Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { mayReceive } from '../domain/catalogue.js';
import type { Delivery } from '../domain/delivery.js';
import type { MailKind } from '../domain/mail-data.js';
import { LetterRepository } from '../persistence/letter.repository.js';
import type { Asked } from './asked.js';
import { LETTER_READERS, type Reader, type Readers } from './readers.js';
import { render, type RenderedMail } from './templates/templates.js';

export interface Letter extends RenderedMail {
  readonly to: string;
  readonly toName: string;
}

/** Writes any message from the ids it is about, as things are now. */
@Injectable()
export class Letters {
  constructor(
    private readonly facts: LetterRepository,
    @Inject(LETTER_READERS) private readonly readers: Readers,
  ) {}

  /** Null: nobody is left to say it to, or nothing to say. */
  async write(query: Query, { userId, kind, refs }: Delivery, now: Date): Promise<Letter | null> {
    const to = await this.facts.person(query, userId);
    if (!to || !mayReceive(kind, to)) return null;
    const mail = await this.rendered(kind, { query, to, refs, now });
    return mail && { ...mail, to: to.email, toName: to.name };
  }

  private async rendered<Kind extends MailKind>(kind: Kind, asked: Asked): Promise<RenderedMail | null> {
    const read: Reader<Kind> = this.readers[kind];
    const data = await read(asked);
    return data === null ? null : render(kind, data);
  }
}
