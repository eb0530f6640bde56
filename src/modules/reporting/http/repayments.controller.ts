import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cents } from '../../../kernel/money.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, List, Read } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { AskRepayment } from '../use-cases/ask-repayment.js';
import { EndRepayment } from '../use-cases/end-repayment.js';
import { RepaymentQueries } from '../use-cases/repayment.queries.js';
import { AskRepaymentRequest, GivenReasonRequest, ReceiptRequest, RepaymentsQuery } from './repayments.requests.js';
import { RepaymentResponse, toRepaymentResponse } from './repayments.responses.js';

const RECUSED = { 403: ['RECUSED'] } as const;
const ENDED = ['REPAYMENT_ENDED', 'ACT_NOT_ALLOWED'] as const;

@ApiTags('Reversements')
@Controller('v1')
export class RepaymentsController {
  constructor(
    private readonly queries: RepaymentQueries,
    private readonly askRepayment: AskRepayment,
    private readonly endRepayment: EndRepayment,
  ) {}

  @Act('funding-lines/:id/repayments', {
    summary: 'Demander le reversement de ce qui a été payé sur une ligne',
    description: 'If-Match porte la version de la ligne.',
    permission: 'repayment.ask',
    status: 201,
    answers: RepaymentResponse,
    refusals: { ...RECUSED, 409: ['ACT_NOT_ALLOWED', 'REPAYMENT_ABOVE_PAID'], 422: ['AMOUNT_NOT_POSITIVE', 'DUE_IN_PAST'] },
  })
  ask(
    @Id() lineId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { amountCents, reason, dueOn, titleReference = null }: AskRepaymentRequest,
    @Me() actor: Actor,
  ): Promise<RepaymentResponse> {
    return this.askRepayment
      .execute({ lineId, version, amountCents: cents(amountCents), reason, dueOn, titleReference }, actor)
      .then(toRepaymentResponse);
  }

  @List('repayments', {
    summary: 'Lister les reversements demandés',
    permission: 'repayment.read',
    answers: RepaymentResponse,
  })
  list(@Query() filter: RepaymentsQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<RepaymentResponse>> {
    return this.queries.list(filter, page, actor).then((found) => ({ ...found, rows: found.rows.map(toRepaymentResponse) }));
  }

  @Read('repayments/:id', { summary: 'Lire un reversement', permission: 'repayment.read', answers: RepaymentResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<RepaymentResponse> {
    return this.queries.get(id, actor).then(toRepaymentResponse);
  }

  @Act('repayments/:id/receipts', {
    summary: 'Enregistrer ce qui est reçu d’un reversement, en tout ou partie',
    description: 'La ligne est soldée quand tout est reçu.',
    permission: 'repayment.ask',
    answers: RepaymentResponse,
    refusals: {
      ...RECUSED,
      409: [...ENDED, 'REPAYMENT_ABOVE_ASKED', 'RECEIPT_ALREADY_RECORDED'],
      422: ['AMOUNT_NOT_POSITIVE', 'RECEIVED_IN_FUTURE'],
    },
  })
  receive(
    @Id() repaymentId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { amountCents, receivedOn, reference }: ReceiptRequest,
    @Me() actor: Actor,
  ): Promise<RepaymentResponse> {
    return this.endRepayment
      .receive({ repaymentId, version, amountCents: cents(amountCents), receivedOn, reference }, actor)
      .then(toRepaymentResponse);
  }

  @Act('repayments/:id/write-off', {
    summary: 'Renoncer à ce qui reste attendu d’un reversement',
    permission: 'repayment.ask',
    answers: RepaymentResponse,
    refusals: { ...RECUSED, 409: ENDED, 422: ['REASON_REQUIRED'] },
  })
  writeOff(
    @Id() repaymentId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { reason }: GivenReasonRequest,
    @Me() actor: Actor,
  ): Promise<RepaymentResponse> {
    return this.endRepayment.writeOff({ repaymentId, version, reason }, actor).then(toRepaymentResponse);
  }
}
