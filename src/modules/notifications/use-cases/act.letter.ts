import { Injectable } from '@nestjs/common';
import { Links } from '../../../platform/http/links.js';
import { ref } from '../domain/delivery.js';
import type { ActNotified } from '../domain/mail-data.js';
import { LetterRepository } from '../persistence/letter.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** A signed act reached its beneficiary: where to read it, and by when it is paid. */
@Injectable()
export class ActLetter {
  readonly readers = {
    'act-notified': (asked) => this.notified(asked),
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: LetterRepository,
    private readonly links: Links,
  ) {}

  private async notified({ query, to, refs }: Asked): Promise<ActNotified | null> {
    const id = ref(refs, 'actId');
    const act = await this.facts.act(query, id);
    return act && { ...act, recipientName: to.name, link: this.links.to(`/v1/acts/${id}`) };
  }
}
