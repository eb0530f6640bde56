import { Body, Controller, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Read } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { AttestDossier } from '../use-cases/attest-dossier.js';
import { ReceiptQueries } from '../use-cases/receipt.queries.js';
import { RequestAttestation } from '../use-cases/request-attestation.js';
import { SubmitDossier } from '../use-cases/submit-dossier.js';
import { WithdrawDossier } from '../use-cases/withdraw-dossier.js';
import { AttestationRequest, WithdrawRequest } from './dossier.requests.js';
import { DossierResponse, toDossierResponse } from './dossier.responses.js';

const OUT_OF_TIME = ['ACT_NOT_ALLOWED', 'CALL_NOT_OPEN', 'CALL_CLOSED'] as const;

@ApiTags('Dossiers')
@Controller('v1/dossiers')
export class SubmissionController {
  constructor(
    private readonly requestAttestation: RequestAttestation,
    private readonly attestDossier: AttestDossier,
    private readonly submitDossier: SubmitDossier,
    private readonly withdrawDossier: WithdrawDossier,
    private readonly receipts: ReceiptQueries,
  ) {}

  @Act(':id/request-attestation', {
    summary: 'Demander l’attestation d’un dossier terminé',
    description: 'Le contenu est gelé : le modifier reprend la demande.',
    permission: 'dossier.request-attestation',
    answers: DossierResponse,
    refusals: { 409: [...OUT_OF_TIME, 'DOSSIER_INCOMPLETE'] },
  })
  request(@Id() dossierId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<DossierResponse> {
    return this.requestAttestation.execute({ dossierId, version }, actor).then(toDossierResponse);
  }

  @Act(':id/attest', {
    summary: 'Attester le contenu d’un dossier',
    description: 'Par un signataire. L’attestation porte sur le contenu tel qu’il est ; toute modification l’annule.',
    permission: 'dossier.attest',
    answers: DossierResponse,
    refusals: { 409: [...OUT_OF_TIME, 'DOSSIER_INCOMPLETE'], 422: ['ATTESTATION_INCOMPLETE'] },
  })
  attest(
    @Id() dossierId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: AttestationRequest,
    @Me() actor: Actor,
  ): Promise<DossierResponse> {
    return this.attestDossier.execute({ dossierId, version, declarations: body }, actor).then(toDossierResponse);
  }

  @Act(':id/submit', {
    summary: 'Déposer un dossier',
    description: 'Par un signataire. Un dossier qui n’est pas encore attesté peut l’être du même geste, en joignant les déclarations.',
    permission: 'dossier.submit',
    answers: DossierResponse,
    refusals: { 409: [...OUT_OF_TIME, 'REPORT_OVERDUE', 'NOT_ATTESTED', 'DOSSIER_INCOMPLETE'], 422: ['ATTESTATION_INCOMPLETE'] },
  })
  submit(
    @Id() dossierId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: AttestationRequest,
    @Me() actor: Actor,
  ): Promise<DossierResponse> {
    return this.submitDossier.execute({ dossierId, version, declarations: body }, actor).then(toDossierResponse);
  }

  @Act(':id/withdraw', {
    summary: 'Retirer un dossier',
    description: 'Un brouillon, par qui l’écrit ou le signe ; un dossier déposé, par un signataire seulement.',
    permission: 'dossier.withdraw',
    answers: DossierResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED'] },
  })
  withdraw(
    @Id() dossierId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { reason }: WithdrawRequest,
    @Me() actor: Actor,
  ): Promise<DossierResponse> {
    return this.withdrawDossier.execute({ dossierId, version, reason }, actor).then(toDossierResponse);
  }

  @Read(':id/receipt', {
    summary: 'Télécharger le récépissé de dépôt',
    permission: 'dossier.read-file',
    file: 'application/pdf',
    refusals: { 409: ['NOT_SUBMITTED'] },
  })
  receipt(@Id() id: string, @Me() actor: Actor): Promise<StreamableFile> {
    return this.receipts
      .get(id, actor)
      .then(
        ({ name, pdf }) =>
          new StreamableFile(pdf, { type: 'application/pdf', disposition: `attachment; filename="${name}"`, length: pdf.length }),
      );
  }
}
