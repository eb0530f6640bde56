import { Controller, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Read } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { CloseCommittee } from '../use-cases/close-committee.js';
import { MinutesQueries } from '../use-cases/minutes.queries.js';
import { CommitteeResponse, toCommitteeResponse } from './committees.responses.js';
import { MinutesResponse, toMinutesResponse } from './minutes.responses.js';

const NOT_READY = { permission: 'committee.read-minutes', refusals: { 409: ['MINUTES_NOT_READY'] } } as const;

@ApiTags('Comité de programmation')
@Controller('v1/committees')
export class MinutesController {
  constructor(
    private readonly closeCommittee: CloseCommittee,
    private readonly queries: MinutesQueries,
  ) {}

  @Act(':id/close', {
    summary: 'Clore la séance : son procès-verbal est figé, avec son empreinte',
    permission: 'committee.write',
    answers: CommitteeResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED'] },
  })
  close(@Id() committeeId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<CommitteeResponse> {
    return this.closeCommittee.execute({ committeeId, version }, actor).then(toCommitteeResponse);
  }

  @Read(':id/minutes', { summary: 'Lire le procès-verbal', answers: MinutesResponse, ...NOT_READY })
  get(@Id() id: string, @Me() actor: Actor): Promise<MinutesResponse> {
    return this.queries.get(id, actor).then(toMinutesResponse);
  }

  @Read(':id/minutes.pdf', { summary: 'Télécharger le procès-verbal', file: 'application/pdf', ...NOT_READY })
  pdf(@Id() id: string, @Me() actor: Actor): Promise<StreamableFile> {
    return this.queries
      .pdf(id, actor)
      .then(
        ({ name, pdf }) =>
          new StreamableFile(pdf, { type: 'application/pdf', disposition: `attachment; filename="${name}"`, length: pdf.length }),
      );
  }
}
