import { Injectable } from '@nestjs/common';
import { Links } from '../../../platform/http/links.js';
import { ref } from '../domain/delivery.js';
import type { DossierMessage } from '../domain/mail-data.js';
import { DossierMessageFactsRepository } from '../persistence/dossier-message-facts.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** What people write to each other in a dossier. */
@Injectable()
export class DossierMessageLetters {
  readonly readers = { 'dossier-message': (asked) => this.posted(asked) } satisfies Partial<Readers>;

  constructor(
    private readonly facts: DossierMessageFactsRepository,
    private readonly links: Links,
  ) {}

  /** Null for who may not read it any more: a mail can wait, and rights change. */
  private async posted({ query, to, refs }: Asked): Promise<DossierMessage | null> {
    const message = await this.facts.readBy(query, ref(refs, 'messageId'), to.id);
    if (!message) return null;
    const { dossierId, number, title, organisation, ...said } = message;
    const link = this.links.to(`/v1/dossiers/${dossierId}/messages`);
    return { ...said, recipientName: to.name, link, dossier: { number, title, organisation } };
  }
}
