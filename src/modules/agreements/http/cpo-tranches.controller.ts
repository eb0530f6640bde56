import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { AnnounceTranche } from '../use-cases/announce-tranche.js';
import { ConfirmTranche } from '../use-cases/confirm-tranche.js';
import { ReserveTranche } from '../use-cases/reserve-tranche.js';
import { ReserveTrancheRequest, Year } from './cpo.requests.js';
import { BY_CREDIT } from './credit-refusals.js';
import { CpoResponse, toCpoResponse } from './cpo.responses.js';

const CPO = { answers: CpoResponse } as const;
const RECUSED = { 403: ['RECUSED'] } as const;
const PENDING = ['ACT_NOT_ALLOWED', 'TRANCHE_ALREADY_CONFIRMED', 'TRANCHE_ENDED', 'DOSSIER_NOT_ADMISSIBLE'] as const;

@ApiTags('CPO')
@Controller('v1/cpos')
export class CpoTranchesController {
  constructor(
    private readonly reserveTranche: ReserveTranche,
    private readonly confirmTranche: ConfirmTranche,
    private readonly announceTranche: AnnounceTranche,
  ) {}

  @Act(':id/tranches/:year/reserve', {
    summary: 'Réserver une année sur une enveloppe ouverte depuis',
    permission: 'cpo.reserve',
    refusals: { ...RECUSED, 409: [...PENDING, 'NO_ROOM_FOR_TRANCHE', ...BY_CREDIT], 422: ['WRONG_ENVELOPE'] },
    ...CPO,
  })
  reserve(
    @Id() cpoId: string,
    @Year() year: number,
    @IfMatch() version: ExpectedVersion,
    @Body() { envelopeId }: ReserveTrancheRequest,
    @Me() actor: Actor,
  ): Promise<CpoResponse> {
    return this.reserveTranche
      .execute({ cpoId, version, year, ...(envelopeId === undefined ? {} : { envelopeId }) }, actor)
      .then(toCpoResponse);
  }

  @Act(':id/tranches/:year/confirm', {
    summary: 'Confirmer une année : le bilan de la précédente est accepté, ses crédits sont réservés',
    permission: 'cpo.confirm',
    refusals: {
      ...RECUSED,
      409: [
        ...PENDING,
        'TRANCHE_NOT_OPEN',
        'TRANCHE_UNFUNDED',
        'FOUR_EYES',
        'NO_DELEGATION',
        'DELEGATION_EXCEEDED',
        'SIGNATORY_NOT_VERIFIED',
        ...BY_CREDIT,
      ],
    },
    ...CPO,
  })
  confirm(@Id() cpoId: string, @Year() year: number, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<CpoResponse> {
    return this.confirmTranche.execute({ cpoId, version, year }, actor).then(toCpoResponse);
  }

  @Act(':id/tranches/:year/announce', {
    summary: 'Annoncer à la structure une année confirmée',
    description: 'L’annonce des résultats de l’appel le fait aussi, tant que l’appel n’est pas clos.',
    permission: 'cpo.announce',
    refusals: { ...RECUSED, 409: ['ACT_NOT_ALLOWED'] },
    ...CPO,
  })
  announce(@Id() cpoId: string, @Year() year: number, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<CpoResponse> {
    return this.announceTranche.execute({ cpoId, version, year }, actor).then(toCpoResponse);
  }
}
