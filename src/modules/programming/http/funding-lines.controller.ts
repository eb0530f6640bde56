import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cents } from '../../../kernel/money.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, List, Read } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { ApproveBatch } from '../use-cases/approve-batch.js';
import { ApproveLine } from '../use-cases/approve-line.js';
import { ProgrammingQueries } from '../use-cases/programming.queries.js';
import { ProposeLine } from '../use-cases/propose-line.js';
import { RecordDecision } from '../use-cases/record-decision.js';
import { RefuseLine } from '../use-cases/refuse-line.js';
import { ReleaseLine } from '../use-cases/release-line.js';
import {
  ApproveBatchRequest,
  ApproveRequest,
  FundingLinesQuery,
  ProposeRequest,
  LineReasonRequest,
  RecordDecisionRequest,
} from './funding-lines.requests.js';
import {
  ApproveBatchResponse,
  DecidedLineResponse,
  ProgrammingRowResponse,
  toDecidedLineResponse,
  toProgrammingRowResponse,
} from './funding-lines.responses.js';

const DECIDED = { answers: DecidedLineResponse } as const;
const BY_MONEY = ['AMOUNT_ABOVE_REQUEST', 'ENVELOPE_EXCEEDED', 'ENVELOPE_CLOSED', 'POCKET_LIMIT_UNKNOWN', 'POCKET_LIMIT_EXCEEDED'] as const;
const BY_STATE = ['NOT_PROGRAMME_147', 'HELD_BY_CPO', 'ACT_NOT_ALLOWED', 'DOSSIER_NOT_ADMISSIBLE', ...BY_MONEY] as const;
const RECUSED = { 403: ['RECUSED'] } as const;

@ApiTags('Programmation')
@Controller('v1/funding-lines')
export class FundingLinesController {
  constructor(
    private readonly queries: ProgrammingQueries,
    private readonly proposeLine: ProposeLine,
    private readonly approveLine: ApproveLine,
    private readonly approveBatch: ApproveBatch,
    private readonly refuseLine: RefuseLine,
    private readonly releaseLine: ReleaseLine,
    private readonly recordDecision: RecordDecision,
  ) {}

  @List('', { summary: 'Lire le tableau de programmation', permission: 'funding-line.read', answers: ProgrammingRowResponse })
  list(@Query() filter: FundingLinesQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<ProgrammingRowResponse>> {
    return this.queries.lines(filter, page, actor).then((found) => ({ ...found, rows: found.rows.map(toProgrammingRowResponse) }));
  }

  @Read(':id', { summary: 'Lire une ligne de financement', permission: 'funding-line.read', answers: ProgrammingRowResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<ProgrammingRowResponse> {
    return this.queries.line(id, actor).then(toProgrammingRowResponse);
  }

  @Act(':id/propose', {
    summary: 'Proposer un montant du programme 147, que l’enveloppe réserve',
    permission: 'funding-line.propose',
    refusals: { ...RECUSED, 409: BY_STATE, 422: ['AMOUNT_NOT_POSITIVE', 'WRONG_ENVELOPE', 'OUTSIDE_SUB_ENVELOPE'] },
    ...DECIDED,
  })
  propose(
    @Id() lineId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: ProposeRequest,
    @Me() actor: Actor,
  ): Promise<DecidedLineResponse> {
    const { amountCents, envelopeId } = body;
    return this.proposeLine.execute({ lineId, version, amountCents: cents(amountCents), envelopeId }, actor).then(toDecidedLineResponse);
  }

  @Act(':id/approve', {
    summary: 'Accorder une ligne du programme 147, que l’enveloppe engage',
    permission: 'funding-line.approve',
    refusals: {
      ...RECUSED,
      409: [...BY_STATE, 'FOUR_EYES', 'NO_DELEGATION', 'DELEGATION_EXCEEDED', 'SIGNATORY_NOT_VERIFIED', 'SECOND_APPROVER_IS_FIRST'],
      422: ['AMOUNT_NOT_POSITIVE'],
    },
    ...DECIDED,
  })
  approve(
    @Id() lineId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: ApproveRequest,
    @Me() actor: Actor,
  ): Promise<DecidedLineResponse> {
    return this.approveLine.execute({ lineId, version, amountCents: cents(body.amountCents) }, actor).then(toDecidedLineResponse);
  }

  @Act('approve-batch', {
    summary: 'Accorder plusieurs lignes du programme 147, chacune à part',
    description: 'Une ligne refusée n’arrête pas les autres. La même Idempotency-Key reprend le lot où il en était, et ne refait rien.',
    permission: 'funding-line.approve',
    answers: ApproveBatchResponse,
    ifMatch: false,
    refusals: { 422: ['LINE_TWICE'] },
  })
  batch(@Body() body: ApproveBatchRequest, @Me() actor: Actor): Promise<ApproveBatchResponse> {
    const lines = body.lines.map(({ lineId, version, amountCents }) => ({
      lineId: lineId.toLowerCase(),
      version,
      amountCents: cents(amountCents),
    }));
    return this.approveBatch.execute(lines, actor).then((results) => ({ lines: results }));
  }

  @Act(':id/refuse', {
    summary: 'Refuser une ligne du programme 147',
    permission: 'funding-line.refuse',
    refusals: {
      ...RECUSED,
      409: ['NOT_PROGRAMME_147', 'HELD_BY_CPO', 'ACT_NOT_ALLOWED', 'DOSSIER_NOT_ADMISSIBLE'],
      422: ['REASON_REQUIRED'],
    },
    ...DECIDED,
  })
  refuse(
    @Id() lineId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: LineReasonRequest,
    @Me() actor: Actor,
  ): Promise<DecidedLineResponse> {
    return this.refuseLine.execute({ lineId, version, reason: body.reason }, actor).then(toDecidedLineResponse);
  }

  @Act(':id/release', {
    summary: 'Revenir sur une proposition, ou sur une décision pas encore annoncée',
    description: 'Revenir sur un accord du programme 147 demande le droit de l’accorder : la préfecture, ou une délégation qui le couvre.',
    permission: 'funding-line.release',
    refusals: { ...RECUSED, 409: ['HELD_BY_CPO', 'ACT_NOT_ALLOWED', 'NO_DELEGATION', 'DELEGATION_EXCEEDED'], 422: ['REASON_REQUIRED'] },
    ...DECIDED,
  })
  release(
    @Id() lineId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: LineReasonRequest,
    @Me() actor: Actor,
  ): Promise<DecidedLineResponse> {
    return this.releaseLine.execute({ lineId, version, reason: body.reason }, actor).then(toDecidedLineResponse);
  }

  @Act(':id/record-decision', {
    summary: 'Enregistrer la décision d’un financeur autre que le programme 147',
    permission: 'funding-line.record-decision',
    refusals: {
      ...RECUSED,
      409: [
        'PROGRAMME_147_NEEDS_APPROVAL',
        'HELD_BY_CPO',
        'ACT_NOT_ALLOWED',
        'AMOUNT_ABOVE_REQUEST',
        'ENVELOPE_EXCEEDED',
        'ENVELOPE_CLOSED',
      ],
      422: ['DECIDED_IN_FUTURE', 'DECIDED_TOO_EARLY', 'REASON_REQUIRED', 'WRONG_ENVELOPE', 'OUTSIDE_SUB_ENVELOPE'],
    },
    ...DECIDED,
  })
  record(
    @Id() lineId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: RecordDecisionRequest,
    @Me() actor: Actor,
  ): Promise<DecidedLineResponse> {
    return this.recordDecision
      .execute({ lineId, version, ...body, amountCents: cents(body.amountCents) }, actor)
      .then(toDecidedLineResponse);
  }
}
