import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cents } from '../../../kernel/money.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, List, Replace } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { ApplyCommittee } from '../use-cases/apply-committee.js';
import { CommitteeQueries } from '../use-cases/committee.queries.js';
import { PutOnAgenda } from '../use-cases/put-on-agenda.js';
import { RecordCommitteeDecisions } from '../use-cases/record-committee-decisions.js';
import { RemoveFromAgenda } from '../use-cases/remove-from-agenda.js';
import { AgendaRequest, CommitteeDecisionRequest, CommitteeDecisionsRequest } from './committees.requests.js';
import { AgendaLineResponse, CommitteeResponse, toAgendaLineResponse, toCommitteeResponse } from './committees.responses.js';

const SESSION = { permission: 'committee.write', answers: CommitteeResponse } as const;

/** What comes before a session, and what it decides of it. */
@ApiTags('Comité de programmation')
@Controller('v1/committees')
export class CommitteeAgendaController {
  constructor(
    private readonly queries: CommitteeQueries,
    private readonly putOnAgenda: PutOnAgenda,
    private readonly removeFromAgenda: RemoveFromAgenda,
    private readonly recordDecisions: RecordCommitteeDecisions,
    private readonly applyCommittee: ApplyCommittee,
  ) {}

  @List(':id/lines', {
    summary: 'Lire l’ordre du jour et les décisions, dans la limite de son périmètre',
    permission: 'committee.read',
    answers: AgendaLineResponse,
  })
  lines(@Id() id: string, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<AgendaLineResponse>> {
    return this.queries.lines(id, page, actor).then((found) => ({ ...found, rows: found.rows.map(toAgendaLineResponse) }));
  }

  @Act(':id/agenda', {
    summary: 'Inscrire des lignes instruites à l’ordre du jour, toutes ou aucune',
    refusals: { 403: ['RECUSED'], 409: ['ACT_NOT_ALLOWED', 'LINES_REFUSED'] },
    ...SESSION,
  })
  add(
    @Id() committeeId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { lineIds }: AgendaRequest,
    @Me() actor: Actor,
  ): Promise<CommitteeResponse> {
    return this.putOnAgenda.execute({ committeeId, version, lineIds }, actor).then(toCommitteeResponse);
  }

  @Act(':id/remove-from-agenda', {
    summary: 'Retirer des lignes de l’ordre du jour, jusqu’à l’ouverture',
    description: 'En séance, seules se retirent les lignes retirées par leur structure ou décidées ailleurs entre-temps.',
    refusals: { 403: ['RECUSED'], 409: ['ACT_NOT_ALLOWED', 'LINES_REFUSED'], 422: ['LINE_NOT_ON_AGENDA'] },
    ...SESSION,
  })
  remove(
    @Id() committeeId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { lineIds }: AgendaRequest,
    @Me() actor: Actor,
  ): Promise<CommitteeResponse> {
    return this.removeFromAgenda.execute({ committeeId, version, lineIds }, actor).then(toCommitteeResponse);
  }

  @Replace(':id/decisions', {
    summary: 'Décider de lignes : proposer, ajourner ou donner un avis défavorable',
    description: 'Remplace ce qui était décidé de ces lignes ; les autres restent. Sans décision, une ligne suit le scénario adopté.',
    refusals: {
      403: ['RECUSED'],
      409: ['ACT_NOT_ALLOWED'],
      422: ['LINE_NOT_ON_AGENDA', 'LINE_TWICE', 'DECISION_INCOMPLETE'],
    },
    ...SESSION,
  })
  decide(
    @Id() committeeId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: CommitteeDecisionsRequest,
    @Me() actor: Actor,
  ): Promise<CommitteeResponse> {
    return this.recordDecisions
      .execute({ committeeId, version, decisions: body.decisions.map(toDecision) }, actor)
      .then(toCommitteeResponse);
  }

  @Act(':id/apply', {
    summary: 'Appliquer toutes les décisions de la séance, ou aucune',
    description:
      'Les lignes du programme 147 sont proposées, et leur enveloppe réserve le montant ; pour les autres financeurs, le montant est un avis. ' +
      'En cas de refus, chaque ligne et chaque enveloppe refusée est dans « errors », et rien n’est appliqué.',
    permission: 'committee.apply',
    answers: CommitteeResponse,
    refusals: {
      403: ['RECUSED'],
      409: ['ACT_NOT_ALLOWED', 'LINES_REFUSED', 'ENVELOPE_EXCEEDED', 'ENVELOPE_CLOSED', 'POCKET_LIMIT_UNKNOWN', 'POCKET_LIMIT_EXCEEDED'],
    },
  })
  apply(@Id() committeeId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<CommitteeResponse> {
    return this.applyCommittee.execute({ committeeId, version }, actor).then(toCommitteeResponse);
  }
}

const toDecision = ({ amountCents, ...asked }: CommitteeDecisionRequest) => ({
  ...asked,
  ...(amountCents === undefined ? {} : { amountCents: cents(amountCents) }),
});
