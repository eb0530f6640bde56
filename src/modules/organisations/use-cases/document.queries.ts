import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import type { Day } from '../../../kernel/day.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Files, type FileLink } from '../../../platform/files/index.js';
import { documentState, type DocumentState } from '../domain/organisation-document.js';
import { DocumentRepository, type DocumentRow } from '../persistence/document.repository.js';

export interface DocumentView extends DocumentRow {
  /** As it stands today, superseded or not. */
  readonly state: DocumentState;
}

export const viewOf = (document: DocumentRow, today: Day): DocumentView => ({
  ...document,
  state: documentState(document.validUntil, today),
});

/** For its own people, and for those who read a dossier that the organisation submitted. */
@Injectable()
export class DocumentQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly documents: DocumentRepository,
    private readonly files: Files,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async ofOrganisation(organisationId: string, current: boolean | undefined, page: PageRequest, actor: Actor): Promise<Page<DocumentView>> {
    authorize(actor, 'organisation-document.read', await this.documents.perimeterOf(this.work.read, organisationId));
    const found = await this.documents.page(this.work.read, organisationId, current, page);
    const today = parisDay(this.clock.now());
    return { ...found, rows: found.rows.map((document) => viewOf(document, today)) };
  }

  /** @throws NotFound */
  async one(id: string, actor: Actor): Promise<DocumentView> {
    const document = await this.documents.get(this.work.read, id);
    authorize(actor, 'organisation-document.read', await this.documents.perimeterOf(this.work.read, document.organisationId));
    return viewOf(document, parisDay(this.clock.now()));
  }

  /** Who looks at an organisation's bank details is recorded. @throws NotFound */
  async link(id: string, actor: Actor): Promise<FileLink> {
    const { kind, organisationId, fileId } = await this.one(id, actor);
    if (kind === 'bank-details') {
      await this.work.run(actor, (tx) => {
        tx.audit('organisation.document-read', { type: 'organisation', id: organisationId }, null, { documentId: id, kind });
        return Promise.resolve();
      });
    }
    return this.files.link(fileId);
  }
}
