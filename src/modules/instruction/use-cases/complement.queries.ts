import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DossierFile } from '../../dossiers/index.js';
import { ComplementRepository, type ComplementRow } from '../persistence/complement.repository.js';

@Injectable()
export class ComplementQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly requests: ComplementRepository,
  ) {}

  /** @throws NotFound */
  async ofDossier(dossierId: string, page: PageRequest, actor: Actor): Promise<Page<ComplementRow>> {
    authorize(actor, 'complement.read', await this.file.perimeterOf(this.work.read, dossierId));
    return this.requests.page(this.work.read, dossierId, page);
  }

  /** @throws NotFound */
  async one(id: string, actor: Actor): Promise<ComplementRow> {
    const request = await this.requests.get(this.work.read, id);
    authorize(actor, 'complement.read', await this.file.perimeterOf(this.work.read, request.dossierId));
    return request;
  }
}
