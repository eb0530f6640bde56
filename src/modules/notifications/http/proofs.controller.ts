import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { List } from '../../../platform/http/operation.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { Id, Me, Paging } from '../../../platform/http/params.js';
import { ProofQueries } from '../use-cases/proof.queries.js';
import { ProofResponse, toProofResponse } from './proofs.responses.js';

@ApiTags('Dossiers')
@Controller('v1/dossiers/:id/deliveries')
export class ProofsController {
  constructor(private readonly proofs: ProofQueries) {}

  @List('', {
    summary: 'Courriels envoyés au sujet d’un dossier depuis son dépôt, avec la preuve de leur envoi',
    permission: 'delivery.read',
    answers: ProofResponse,
  })
  async ofDossier(
    @Id() id: string,
    @Query() _query: ListQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<ProofResponse>> {
    const found = await this.proofs.ofDossier(id, page, actor);
    return { ...found, rows: found.rows.map(toProofResponse) };
  }
}
