import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, may } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DossierFile, type FiledDossier } from '../../dossiers/index.js';
import { DossierMessageRepository, type DossierMessageRow } from '../persistence/dossier-message.repository.js';

/** The thread of a dossier. Internal notes are for those who judge it: neither for its own people, nor for who declared a conflict with them. */
@Injectable()
export class DossierMessageQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly messages: DossierMessageRepository,
  ) {}

  /** @throws NotFound */
  async ofDossier(dossierId: string, page: PageRequest, actor: Actor): Promise<Page<DossierMessageRow>> {
    const dossier = await this.file.read(this.work.read, dossierId);
    authorize(actor, 'dossier-message.read', dossier.perimeter);
    return this.messages.page(this.work.read, dossierId, readsNotes(actor, dossier), page);
  }

  /** @throws NotFound */
  async one(id: string, actor: Actor): Promise<DossierMessageRow> {
    const message = await this.messages.get(this.work.read, id);
    const dossier = await this.file.read(this.work.read, message.dossierId);
    authorize(actor, 'dossier-message.read', dossier.perimeter);
    if (message.visibility === 'staff' && !readsNotes(actor, dossier)) throw new NotFound();
    return message;
  }
}

function readsNotes(actor: Actor, { perimeter, organisationId }: FiledDossier): boolean {
  return may(actor, 'dossier-message.read-notes', perimeter) && !actor.recusedFrom.has(organisationId);
}
