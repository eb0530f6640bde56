import { Injectable } from '@nestjs/common';
import { parisDay } from '../../../kernel/paris-day.js';
import { Links } from '../../../platform/http/links.js';
import { DOCUMENT_RULES, type DocumentKind } from '../../organisations/index.js';
import { ref, refList } from '../domain/delivery.js';
import type { DocumentsExpiring } from '../domain/mail-data.js';
import { listed } from '../domain/mail-parts.js';
import { DocumentFactsRepository } from '../persistence/document-facts.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** What an organisation is told of its documents. */
@Injectable()
export class DocumentLetters {
  readonly readers = { 'document-expiring': (asked) => this.expiring(asked) } satisfies Partial<Readers>;

  constructor(
    private readonly facts: DocumentFactsRepository,
    private readonly links: Links,
  ) {}

  /** Null when all were replaced meanwhile. */
  private async expiring({ query, to, refs, now }: Asked): Promise<DocumentsExpiring | null> {
    const documents = await this.facts.ending(query, refList(refs, 'documentIds'), to.id);
    const [first] = documents;
    if (!first) return null;
    const today = parisDay(now);
    const said = documents.map(({ kind, validUntil }) => {
      const { label } = DOCUMENT_RULES[kind as DocumentKind];
      return { label, validUntil, isExpired: validUntil < today };
    });
    const link = this.links.to(`/v1/organisations/${ref(refs, 'organisationId')}/documents?current=true`);
    return { recipientName: to.name, link, organisation: first.organisation, documents: listed(said) };
  }
}
