import { Injectable } from '@nestjs/common';
import { Links } from '../../../platform/http/links.js';
import { ref } from '../domain/delivery.js';
import type { AccountClosing } from '../domain/mail-data.js';
import { RetentionFactsRepository } from '../persistence/retention-facts.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** The messages about how long one is remembered. */
@Injectable()
export class RetentionLetters {
  readonly readers = {
    'account-closing': (asked) => this.closing(asked),
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: RetentionFactsRepository,
    private readonly links: Links,
  ) {}

  /** Null when the person came back meanwhile. */
  private async closing({ query, to, refs }: Asked): Promise<AccountClosing | null> {
    const closing = await this.facts.closing(query, ref(refs, 'userId'));
    const operation = `POST ${this.links.to('/v1/auth/login')}`;
    return closing && { ...closing, recipientName: to.name, link: this.links.to('/v1/me'), operation };
  }
}
