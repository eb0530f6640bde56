import { Body, Controller, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cents } from '../../../kernel/money.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { FileLinkResponse, toFileLinkResponse } from '../../../platform/http/file-link.response.js';
import { Act, List, Read } from '../../../platform/http/operation.js';
import { OperationResponse, toOperationResponse } from '../../../platform/http/operation.response.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { ActQueries } from '../use-cases/act.queries.js';
import { AskPreparation } from '../use-cases/ask-preparation.js';
import { NotifyAct } from '../use-cases/notify-act.js';
import { PrepareAmendment } from '../use-cases/prepare-amendment.js';
import { SignAct } from '../use-cases/sign-act.js';
import { VoidAct } from '../use-cases/void-act.js';
import { ActsQuery, AmendmentRequest, NotifyActRequest, PrepareActsRequest, SignActRequest, VoidActRequest } from './acts.requests.js';
import { BY_CREDIT, BY_FIRST_TRANCHE } from './credit-refusals.js';
import { ActResponse, DecidedActResponse, toActResponse, toDecidedActResponse } from './acts.responses.js';

const RECUSED = { 403: ['RECUSED'] } as const;
const BY_SCAN = [
  'SCAN_INCOMPLETE',
  'ONLY_FOR_SCAN',
  'ACT_NUMBER_MISMATCH',
  'SCAN_NOT_PDF',
  'FILE_UNKNOWN',
  'FILE_OF_ANOTHER_PURPOSE',
] as const;
const BY_AMOUNT = ['AMOUNT_ABOVE_REQUEST', 'AMENDMENT_BELOW_PAID'] as const;

@ApiTags('Actes')
@Controller('v1/acts')
export class ActsController {
  constructor(
    private readonly queries: ActQueries,
    private readonly askPreparation: AskPreparation,
    private readonly signAct: SignAct,
    private readonly notifyAct: NotifyAct,
    private readonly voidAct: VoidAct,
    private readonly prepareAmendment: PrepareAmendment,
  ) {}

  @List('', {
    summary: 'Lire les actes',
    description: 'Le bénéficiaire ne voit que ceux qui lui sont notifiés.',
    permission: 'act.read',
    answers: ActResponse,
  })
  list(@Query() filter: ActsQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<ActResponse>> {
    return this.queries.list(filter, page, actor).then((found) => ({ ...found, rows: found.rows.map(toActResponse) }));
  }

  @Read(':id', { summary: 'Lire un acte', permission: 'act.read', answers: ActResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<ActResponse> {
    return this.queries.get(id, actor).then(toActResponse);
  }

  @Read(':id/document', { summary: 'Télécharger un acte', permission: 'act.read', file: 'application/pdf' })
  document(@Id() id: string, @Me() actor: Actor): Promise<StreamableFile> {
    return this.queries
      .document(id, actor)
      .then(
        ({ name, pdf }) =>
          new StreamableFile(pdf, { type: 'application/pdf', disposition: `attachment; filename="${name}"`, length: pdf.length }),
      );
  }

  @Read(':id/signed-scan', {
    summary: 'Demander un lien vers la copie signée d’un acte, valable cinq minutes',
    permission: 'act.read',
    answers: FileLinkResponse,
  })
  signedScan(@Id() id: string, @Me() actor: Actor): Promise<FileLinkResponse> {
    return this.queries.signedScan(id, actor).then(toFileLinkResponse);
  }

  @Act('prepare', {
    summary: 'Préparer les actes d’un financeur pour les décisions annoncées d’un appel',
    description:
      'Un acte par structure et par année : arrêté, ou convention dès que le total de l’année dépasse le seuil ; une lettre pour les refus. Ce qui a déjà son acte n’en reçoit pas d’autre.',
    permission: 'act.prepare',
    ifMatch: false,
    status: 202,
    answers: OperationResponse,
    refusals: { ...RECUSED, 422: ['UNKNOWN_CALL'] },
  })
  prepare(@Body() { callId, funderId, organisationIds }: PrepareActsRequest, @Me() actor: Actor): Promise<OperationResponse> {
    return this.askPreparation.execute({ callId, funderId, organisationIds: organisationIds ?? null }, actor).then(toOperationResponse);
  }

  @Act(':id/sign', {
    summary: 'Signer un acte au nom du financeur',
    description:
      'La signature d’un avenant change les montants des lignes, que l’enveloppe suit ; celle d’une CPO confirme sa première tranche et réserve les suivantes.',
    permission: 'act.sign',
    answers: DecidedActResponse,
    refusals: {
      ...RECUSED,
      409: ['ACT_NOT_ALLOWED', ...BY_AMOUNT, ...BY_CREDIT, 'DOSSIER_NOT_ADMISSIBLE', ...BY_FIRST_TRANCHE, 'FILE_ALREADY_USED'],
      422: ['DAY_IN_FUTURE', 'SIGNED_BEFORE_PREPARED', 'BENEFICIARY_DOES_NOT_SIGN', ...BY_SCAN],
    },
  })
  sign(
    @Id() actId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: SignActRequest,
    @Me() actor: Actor,
  ): Promise<DecidedActResponse> {
    return this.signAct.execute({ actId, version, ...body }, actor).then(toDecidedActResponse);
  }

  @Act(':id/notify', {
    summary: 'Notifier un acte signé au bénéficiaire',
    description: 'Le délai de versement court à partir de là, et le bénéficiaire lit l’acte.',
    permission: 'act.notify',
    answers: DecidedActResponse,
    refusals: {
      ...RECUSED,
      409: ['ACT_NOT_ALLOWED', 'BENEFICIARY_SIGNATURE_MISSING'],
      422: ['DAY_IN_FUTURE', 'NOTIFIED_BEFORE_SIGNED', 'BENEFICIARY_DOES_NOT_SIGN'],
    },
  })
  notify(
    @Id() actId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: NotifyActRequest,
    @Me() actor: Actor,
  ): Promise<DecidedActResponse> {
    return this.notifyAct.execute({ actId, version, ...body }, actor).then(toDecidedActResponse);
  }

  @Act(':id/void', {
    summary: 'Annuler un acte qui n’est pas signé',
    description: 'Son numéro reste pris ; ses lignes attendent un autre acte.',
    permission: 'act.void',
    answers: DecidedActResponse,
    refusals: { ...RECUSED, 409: ['ACT_NOT_ALLOWED'] },
  })
  makeVoid(
    @Id() actId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: VoidActRequest,
    @Me() actor: Actor,
  ): Promise<DecidedActResponse> {
    return this.voidAct.execute({ actId, version, reason: body.reason }, actor).then(toDecidedActResponse);
  }

  @Act(':id/amendments', {
    summary: 'Préparer un avenant à un acte notifié',
    description: 'Les montants ne changent qu’à la signature de l’avenant.',
    permission: 'act.amend',
    status: 201,
    answers: DecidedActResponse,
    refusals: {
      ...RECUSED,
      409: ['NOT_AMENDABLE', 'AMENDMENT_PENDING', 'ACT_NOT_ALLOWED', ...BY_AMOUNT],
      422: ['LINE_NOT_IN_ACT', 'NOTHING_AMENDED', 'AMOUNT_NOT_POSITIVE'],
    },
  })
  amend(
    @Id() actId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { lines, reason }: AmendmentRequest,
    @Me() actor: Actor,
  ): Promise<DecidedActResponse> {
    const amended = lines.map(({ lineId, amountCents }) => ({ lineId, amountCents: cents(amountCents) }));
    return this.prepareAmendment.execute({ actId, version, lines: amended, reason }, actor).then(toDecidedActResponse);
  }
}
