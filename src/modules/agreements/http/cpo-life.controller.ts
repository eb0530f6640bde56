import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { AmendCpo } from '../use-cases/amend-cpo.js';
import { EndCpo } from '../use-cases/end-cpo.js';
import { PrepareCpoAct } from '../use-cases/prepare-cpo-act.js';
import { SignCpo } from '../use-cases/sign-cpo.js';
import { TerminateCpo } from '../use-cases/terminate-cpo.js';
import { DecidedActResponse, toDecidedActResponse } from './acts.responses.js';
import { BY_CREDIT, BY_FIRST_TRANCHE } from './credit-refusals.js';
import { AmendCpoRequest, SignCpoRequest, TerminateCpoRequest, toAmounts } from './cpo.requests.js';
import { CpoResponse, toCpoResponse } from './cpo.responses.js';

const CPO = { answers: CpoResponse } as const;
const RECUSED = { 403: ['RECUSED'] } as const;

@ApiTags('CPO')
@Controller('v1/cpos')
export class CpoLifeController {
  constructor(
    private readonly prepareCpoAct: PrepareCpoAct,
    private readonly signCpo: SignCpo,
    private readonly amendCpo: AmendCpo,
    private readonly terminateCpo: TerminateCpo,
    private readonly endCpo: EndCpo,
  ) {}

  @Act(':id/prepare-act', {
    summary: 'Préparer l’acte d’une CPO négociée',
    description:
      'Un acte pour toutes les années, dont la signature est celle de la convention. La ligne de la première année est annoncée. Les montants ne changent plus, à moins d’annuler l’acte.',
    permission: 'cpo.sign',
    status: 201,
    answers: DecidedActResponse,
    refusals: { ...RECUSED, 409: ['ACT_NOT_ALLOWED', 'CPO_ON_PAPER', 'DOSSIER_NOT_ADMISSIBLE', ...BY_FIRST_TRANCHE] },
  })
  prepare(@Id() cpoId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<DecidedActResponse> {
    return this.prepareCpoAct.execute({ cpoId, version }, actor).then(toDecidedActResponse);
  }

  @Act(':id/sign', {
    summary: 'Enregistrer la signature des deux parties, donnée hors de la plateforme',
    description: 'Confirme la première tranche ; réserve les suivantes là où une enveloppe de leur année a de quoi les porter.',
    permission: 'cpo.sign',
    refusals: {
      ...RECUSED,
      409: ['ACT_NOT_ALLOWED', 'CPO_ON_PAPER', 'DOSSIER_NOT_ADMISSIBLE', ...BY_FIRST_TRANCHE, ...BY_CREDIT],
      422: ['SIGNED_IN_FUTURE'],
    },
    ...CPO,
  })
  sign(@Id() cpoId: string, @IfMatch() version: ExpectedVersion, @Body() body: SignCpoRequest, @Me() actor: Actor): Promise<CpoResponse> {
    return this.signCpo.execute({ cpoId, version, ...body }, actor).then(toCpoResponse);
  }

  @Act(':id/amend', {
    summary: 'Changer par avenant les montants des années qui ne sont pas confirmées',
    permission: 'cpo.amend',
    refusals: {
      ...RECUSED,
      409: ['ACT_NOT_ALLOWED', 'TRANCHE_ABOVE_REQUEST', 'TRANCHE_ALREADY_CONFIRMED', 'TRANCHE_ENDED', ...BY_CREDIT],
      422: ['WRONG_TRANCHES'],
    },
    ...CPO,
  })
  amend(@Id() cpoId: string, @IfMatch() version: ExpectedVersion, @Body() body: AmendCpoRequest, @Me() actor: Actor): Promise<CpoResponse> {
    return this.amendCpo.execute({ cpoId, version, tranches: toAmounts(body), reason: body.reason }, actor).then(toCpoResponse);
  }

  @Act(':id/terminate', {
    summary: 'Résilier : ce qui est réservé revient aux enveloppes',
    permission: 'cpo.terminate',
    refusals: { ...RECUSED, 409: ['ACT_NOT_ALLOWED'], 422: ['TERMINATED_TOO_EARLY'] },
    ...CPO,
  })
  terminate(
    @Id() cpoId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: TerminateCpoRequest,
    @Me() actor: Actor,
  ): Promise<CpoResponse> {
    return this.terminateCpo.execute({ cpoId, version, ...body }, actor).then(toCpoResponse);
  }

  @Act(':id/end', {
    summary: 'Constater le terme',
    description: 'Se fait aussi tout seul, six mois après la dernière année.',
    permission: 'cpo.end',
    refusals: { ...RECUSED, 409: ['ACT_NOT_ALLOWED', 'CPO_NOT_OVER'] },
    ...CPO,
  })
  end(@Id() cpoId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<CpoResponse> {
    return this.endCpo.execute({ cpoId, version }, actor).then(toCpoResponse);
  }
}
