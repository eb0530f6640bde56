import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cents } from '../../../kernel/money.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Create, List, Read } from '../../../platform/http/operation.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { AdjustEnvelope } from '../use-cases/adjust-envelope.js';
import { EnvelopeQueries } from '../use-cases/envelope.queries.js';
import { OpenEnvelope } from '../use-cases/open-envelope.js';
import { AdjustEnvelopeRequest, EnvelopesQuery, OpenEnvelopeRequest } from './envelope.requests.js';
import { EnvelopeResponse, MovementResponse, toEnvelopeResponse, toMovementResponse } from './envelope.responses.js';

@ApiTags('Financement')
@Controller('v1/envelopes')
export class EnvelopesController {
  constructor(
    private readonly openEnvelope: OpenEnvelope,
    private readonly adjustEnvelope: AdjustEnvelope,
    private readonly queries: EnvelopeQueries,
  ) {}

  @Create('', {
    summary: 'Ouvrir une enveloppe',
    permission: 'envelope.open',
    answers: EnvelopeResponse,
    refusals: { 409: ['ENVELOPE_ALREADY_OPEN', 'ENVELOPE_CLOSED'], 422: ['WRONG_DEPARTMENT', 'MOVEMENT_NOT_POSITIVE'] },
  })
  open(@Body() body: OpenEnvelopeRequest, @Me() actor: Actor): Promise<EnvelopeResponse> {
    const ceilings = { ceilingAeCents: cents(body.ceilingAeCents), ceilingCpCents: cents(body.ceilingCpCents) };
    return this.openEnvelope.execute({ ...body, ...ceilings }, actor).then(toEnvelopeResponse);
  }

  @List('', { summary: 'Lister les enveloppes', permission: 'envelope.read', answers: EnvelopeResponse })
  list(@Query() filter: EnvelopesQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<EnvelopeResponse>> {
    return this.queries.list(filter, page, actor).then((found) => ({ ...found, rows: found.rows.map(toEnvelopeResponse) }));
  }

  @Read(':id', { summary: 'Lire une enveloppe', permission: 'envelope.read', answers: EnvelopeResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<EnvelopeResponse> {
    return this.queries.get(id, actor).then(toEnvelopeResponse);
  }

  @List(':id/movements', { summary: 'Lire les mouvements d’une enveloppe', permission: 'envelope.read', answers: MovementResponse })
  movements(
    @Id() id: string,
    @Query() _query: ListQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<MovementResponse>> {
    return this.queries.movements(id, page, actor).then((found) => ({ ...found, rows: found.rows.map(toMovementResponse) }));
  }

  @Act(':id/increase', {
    summary: 'Augmenter une enveloppe',
    permission: 'envelope.open',
    answers: EnvelopeResponse,
    refusals: { 409: ['ENVELOPE_CLOSED', 'FED_BY_ITS_PARENT'], 422: ['MOVEMENT_NOT_POSITIVE', 'REASON_REQUIRED'] },
  })
  increase(
    @Id() id: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: AdjustEnvelopeRequest,
    @Me() actor: Actor,
  ): Promise<EnvelopeResponse> {
    return this.adjustEnvelope.execute({ kind: 'increase', envelopeId: id, version, ...adjustment(body) }, actor).then(toEnvelopeResponse);
  }

  @Act(':id/decrease', {
    summary: 'Diminuer une enveloppe, jamais sous ce qui est utilisé',
    permission: 'envelope.open',
    answers: EnvelopeResponse,
    refusals: { 409: ['ENVELOPE_BELOW_USE', 'ENVELOPE_CLOSED', 'FED_BY_ITS_PARENT'], 422: ['MOVEMENT_NOT_POSITIVE', 'REASON_REQUIRED'] },
  })
  decrease(
    @Id() id: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: AdjustEnvelopeRequest,
    @Me() actor: Actor,
  ): Promise<EnvelopeResponse> {
    return this.adjustEnvelope.execute({ kind: 'decrease', envelopeId: id, version, ...adjustment(body) }, actor).then(toEnvelopeResponse);
  }
}

const adjustment = ({ aeCents, cpCents, reason }: AdjustEnvelopeRequest) => ({ aeCents: cents(aeCents), cpCents: cents(cpCents), reason });
