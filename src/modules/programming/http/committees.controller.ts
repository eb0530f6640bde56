import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Change, Create, List, Read, Replace } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { ChangeCommittee } from '../use-cases/change-committee.js';
import { CommitteeQueries } from '../use-cases/committee.queries.js';
import { ConveneCommittee } from '../use-cases/convene-committee.js';
import { CreateCommittee } from '../use-cases/create-committee.js';
import { OpenCommittee } from '../use-cases/open-committee.js';
import { RecordAttendance } from '../use-cases/record-attendance.js';
import { AttendanceRequest, ChangeCommitteeRequest, CommitteesQuery, CreateCommitteeRequest } from './committees.requests.js';
import { CommitteeResponse, toCommitteeResponse } from './committees.responses.js';

const SESSION = { permission: 'committee.write', answers: CommitteeResponse } as const;

@ApiTags('Comité de programmation')
@Controller('v1/committees')
export class CommitteesController {
  constructor(
    private readonly queries: CommitteeQueries,
    private readonly createCommittee: CreateCommittee,
    private readonly changeCommittee: ChangeCommittee,
    private readonly conveneCommittee: ConveneCommittee,
    private readonly recordAttendance: RecordAttendance,
    private readonly openCommittee: OpenCommittee,
  ) {}

  @List('', { summary: 'Lister les séances du comité de programmation', permission: 'committee.read', answers: CommitteeResponse })
  list(@Query() filter: CommitteesQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<CommitteeResponse>> {
    const { callId } = filter;
    return this.queries
      .list(callId === undefined ? {} : { callId }, page, actor)
      .then((found) => ({ ...found, rows: found.rows.map(toCommitteeResponse) }));
  }

  @Create('', { summary: 'Préparer une séance', refusals: { 422: ['MEMBER_WITHOUT_NAME', 'MEMBER_UNKNOWN'] }, ...SESSION })
  create(@Body() body: CreateCommitteeRequest, @Me() actor: Actor): Promise<CommitteeResponse> {
    return this.createCommittee.execute(body, actor).then(toCommitteeResponse);
  }

  @Read(':id', { summary: 'Lire une séance', permission: 'committee.read', answers: CommitteeResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<CommitteeResponse> {
    return this.queries.committee(id, actor).then(toCommitteeResponse);
  }

  @Change(':id', {
    summary: 'Modifier une séance en préparation',
    refusals: { 409: ['ACT_NOT_ALLOWED'], 422: ['MEMBER_WITHOUT_NAME', 'MEMBER_UNKNOWN'] },
    ...SESSION,
  })
  change(
    @Id() committeeId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: ChangeCommitteeRequest,
    @Me() actor: Actor,
  ): Promise<CommitteeResponse> {
    return this.changeCommittee.execute({ committeeId, version, ...body }, actor).then(toCommitteeResponse);
  }

  @Act(':id/convene', {
    summary: 'Convoquer : les membres et l’ordre du jour sont figés',
    refusals: { 409: ['ACT_NOT_ALLOWED', 'QUORUM_OUT_OF_REACH', 'AGENDA_EMPTY'] },
    ...SESSION,
  })
  convene(@Id() committeeId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<CommitteeResponse> {
    return this.conveneCommittee.execute({ committeeId, version }, actor).then(toCommitteeResponse);
  }

  @Replace(':id/attendance', {
    summary: 'Noter les présences et les déports',
    description:
      'Un membre qui appartient à une structure de l’ordre du jour, ou a déclaré un conflit d’intérêts, est en déport sans le dire.',
    refusals: { 409: ['ACT_NOT_ALLOWED', 'QUORUM_NOT_REACHED'], 422: ['MEMBER_UNKNOWN'] },
    ...SESSION,
  })
  attendance(
    @Id() committeeId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: AttendanceRequest,
    @Me() actor: Actor,
  ): Promise<CommitteeResponse> {
    return this.recordAttendance.execute({ committeeId, version, ...body }, actor).then(toCommitteeResponse);
  }

  @Act(':id/open', {
    summary: 'Ouvrir la séance, si le quorum est atteint',
    refusals: { 409: ['ACT_NOT_ALLOWED', 'QUORUM_NOT_REACHED'] },
    ...SESSION,
  })
  open(@Id() committeeId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<CommitteeResponse> {
    return this.openCommittee.execute({ committeeId, version }, actor).then(toCommitteeResponse);
  }
}
