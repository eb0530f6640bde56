import { Controller, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Flag } from '../../../platform/http/fields.js';
import { MailContent } from '../../../platform/http/mail-content.js';
import { Create, List } from '../../../platform/http/operation.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { Me, Paging } from '../../../platform/http/params.js';
import { RecordBounce } from '../use-cases/record-bounce.js';
import { BounceResponse, toBounceResponse } from './bounces.responses.js';

class BouncesQuery extends ListQuery {
  @Flag({ optional: true, query: true, description: 'Seulement les adresses dont plusieurs courriels sont revenus pour de bon' })
  flagged?: boolean;
}

@ApiTags('Courriels revenus')
@Controller('v1/mail-bounces')
export class BouncesController {
  constructor(private readonly bounces: RecordBounce) {}

  @Create('', {
    summary: 'Enregistrer un avis d’échec de livraison (RFC 3464), tel qu’il a été reçu',
    description: 'Le même avis donné deux fois n’en fait qu’un.',
    permission: 'mail.administer',
    consumes: ['message/rfc822'],
    answers: BounceResponse,
    refusals: { 409: ['UNKNOWN_MAIL'], 422: ['NOT_A_BOUNCE'] },
  })
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  record(@MailContent() raw: Buffer, @Me() actor: Actor): Promise<BounceResponse> {
    return this.bounces.execute(raw, actor).then(toBounceResponse);
  }

  @List('', {
    summary: 'Courriels revenus ou refusés, du plus récent au plus ancien',
    permission: 'mail.administer',
    answers: BounceResponse,
  })
  async list(@Query() query: BouncesQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<BounceResponse>> {
    const found = await this.bounces.page(query.flagged === true, page, actor);
    return { ...found, rows: found.rows.map(toBounceResponse) };
  }
}
