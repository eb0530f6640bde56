import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Change, Read, Remove } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me as SignedIn } from '../../../platform/http/params.js';
import { LeaveOrganisation } from '../use-cases/leave-organisation.js';
import { Me } from '../use-cases/me.js';
import { Recusals } from '../use-cases/recusals.js';
import { DeclareRecusalRequest, RenameRequest } from './me.requests.js';
import { MeResponse, RecusalResponse, toMeResponse, toRecusalResponse } from './me.responses.js';

const permission = 'signed-in';

@ApiTags('Mon compte')
@Controller('v1/me')
export class MeController {
  constructor(
    private readonly me: Me,
    private readonly recusals: Recusals,
    private readonly leaveOrganisation: LeaveOrganisation,
  ) {}

  @Read('', { summary: 'Qui je suis, mes droits, mes structures', permission, answers: MeResponse })
  read(@SignedIn() actor: Actor): Promise<MeResponse> {
    return this.me.read(actor).then(toMeResponse);
  }

  @Change('', { summary: 'Changer mon nom', permission, answers: MeResponse })
  rename(@Body() { name }: RenameRequest, @IfMatch() version: ExpectedVersion, @SignedIn() actor: Actor): Promise<MeResponse> {
    return this.me.rename(name, version, actor).then(toMeResponse);
  }

  @Read('recusals', { summary: 'Mes conflits d’intérêts déclarés', permission, answers: [RecusalResponse] })
  listRecusals(@SignedIn() actor: Actor): Promise<RecusalResponse[]> {
    return this.recusals.list(actor).then((rows) => rows.map(toRecusalResponse));
  }

  @Act('recusals', {
    summary: 'Déclarer un conflit d’intérêts : je ne juge plus les dossiers de cette structure',
    permission,
    ifMatch: false,
    status: 201,
    answers: RecusalResponse,
    refusals: { 404: ['NOT_FOUND'], 409: ['RECUSAL_ALREADY_DECLARED'] },
  })
  declareRecusal(@Body() body: DeclareRecusalRequest, @SignedIn() actor: Actor): Promise<RecusalResponse> {
    return this.recusals.declare(body, actor).then(toRecusalResponse);
  }

  @Remove('recusals/:id', {
    summary: 'Retirer un conflit d’intérêts déclaré',
    permission,
    ifMatch: false,
    refusals: { 404: ['NOT_FOUND'] },
  })
  endRecusal(@Id() id: string, @SignedIn() actor: Actor): Promise<void> {
    return this.recusals.end(id, actor);
  }

  @Act('memberships/:id/leave', {
    summary: 'Quitter une structure, ou retirer ma demande',
    permission,
    ifMatch: false,
    status: 204,
    refusals: { 404: ['NOT_FOUND'], 409: ['ACT_NOT_ALLOWED'] },
  })
  leave(@Id() membershipId: string, @SignedIn() actor: Actor): Promise<void> {
    return this.leaveOrganisation.execute(membershipId, actor);
  }
}
