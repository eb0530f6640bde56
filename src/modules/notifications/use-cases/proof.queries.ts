import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, hideFromRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Links } from '../../../platform/http/links.js';
import { DossierFile } from '../../dossiers/index.js';
import { messageIdOf } from '../domain/delivery.js';
import type { Proof } from '../domain/proof.js';
import { ProofRepository } from '../persistence/proof.repository.js';

export type GivenProof = Proof & { readonly messageId: string | null };

/** Who was written to about a dossier, for those who may instruct it. */
@Injectable()
export class ProofQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly proofs: ProofRepository,
    private readonly links: Links,
  ) {}

  /** @throws NotFound */
  async ofDossier(dossierId: string, page: PageRequest, actor: Actor): Promise<Page<GivenProof>> {
    const { organisationId, perimeter } = await this.file.read(this.work.read, dossierId);
    authorize(actor, 'delivery.read', perimeter);
    hideFromRecused(actor, organisationId);
    const found = await this.proofs.page(this.work.read, dossierId, page);
    return { ...found, rows: found.rows.map((proof) => ({ ...proof, messageId: this.messageId(proof) })) };
  }

  private messageId({ mailId }: Proof): string | null {
    return mailId === null ? null : messageIdOf(mailId, this.links.to(''));
  }
}
