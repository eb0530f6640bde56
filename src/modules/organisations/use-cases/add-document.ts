import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { newId } from '../../../kernel/id.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Files } from '../../../platform/files/index.js';
import { validityOf, type DocumentKind } from '../domain/organisation-document.js';
import { DocumentRepository } from '../persistence/document.repository.js';
import { OrganisationRepository } from '../persistence/organisation.repository.js';
import { viewOf, type DocumentView } from './document.queries.js';

export interface AddDocumentCommand {
  readonly organisationId: string;
  readonly kind: DocumentKind;
  readonly fileId: string;
  readonly issuedOn: Day | null;
  readonly validUntil: Day | null;
}

/** The organisation gives a document, which supersedes the one of its kind. */
@Injectable()
export class AddDocument {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly documents: DocumentRepository,
    private readonly files: Files,
  ) {}

  /** @throws NotFound, Forbidden, IssuedInTheFuture, ValidityEndsBeforeIssue, DocumentAlreadyExpired, UnknownFile, WrongPurpose, FileAlreadyUsed */
  execute({ organisationId, fileId, ...given }: AddDocumentCommand, actor: Actor): Promise<DocumentView> {
    return this.work.run(actor, async (tx) => {
      // Two that are given at once queue up here: one of them supersedes the other.
      await this.organisations.lock(tx.query, organisationId);
      const perimeter = await this.documents.perimeterOf(tx.query, organisationId);
      authorize(actor, 'organisation-document.add', perimeter, 'organisation-document.read');
      const today = parisDay(tx.at);
      const about = { ...given, validUntil: validityOf(given, today) };
      const id = newId();
      const owner = { purpose: 'organisation-document', ownerType: 'organisation-document', ownerId: id } as const;
      const { name, sha256 } = await this.files.attach(tx, fileId, owner, actor);
      const supersededId = await this.documents.supersede(tx.query, organisationId, given.kind, tx.at);
      await this.documents.add(tx.query, { id, organisationId, fileId, name, sha256, ...about }, actor.id, tx.at);
      const before = supersededId === null ? null : { documentId: supersededId };
      tx.audit('organisation.document-added', { type: 'organisation', id: organisationId }, before, { documentId: id, sha256, ...about });
      return viewOf(await this.documents.get(tx.query, id), today);
    });
  }
}
