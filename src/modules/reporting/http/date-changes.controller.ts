import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { CalendarDay, Flag, Instant, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { Act, Create, List } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { DATE_CHANGE_STATES, type DateChange } from '../domain/date-change.js';
import { AskDateChange } from '../use-cases/ask-date-change.js';
import { DateChangeQueries } from '../use-cases/date-change.queries.js';
import { DecideDateChange } from '../use-cases/decide-date-change.js';

export class AskDateChangeRequest {
  @CalendarDay() startsOn!: string;
  @CalendarDay() endsOn!: string;
  @Text({ max: 2000 }) reason!: string;
}

export class DecideDateChangeRequest {
  @Flag() accepted!: boolean;
  @Text({ max: 2000, optional: true, nullable: true, description: 'Obligatoire pour un refus' }) reason?: string | null;
}

export class DateChangeResponse {
  @Uuid() id!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
  @OneOf(DATE_CHANGE_STATES) status!: string;
  @Uuid() actionId!: string;
  @CalendarDay({ description: 'Dates de l’action quand elles ont été demandées' }) fromStartsOn!: string;
  @CalendarDay() fromEndsOn!: string;
  @CalendarDay() startsOn!: string;
  @CalendarDay() endsOn!: string;
  @Text({ max: 2000 }) reason!: string;
  @Instant() askedAt!: string;
  @Instant({ nullable: true }) decidedAt!: string | null;
  @Text({ max: 2000, nullable: true }) decisionReason!: string | null;
}

const toResponse = ({
  id,
  version,
  state,
  actionId,
  from,
  startsOn,
  endsOn,
  reason,
  askedAt,
  decidedAt,
  decisionReason,
}: DateChange): DateChangeResponse => ({
  ...{
    id,
    version,
    status: state,
    actionId,
    fromStartsOn: from.startsOn,
    fromEndsOn: from.endsOn,
    startsOn,
    endsOn,
    reason,
    decisionReason,
  },
  askedAt: askedAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
});

@ApiTags('Bilans')
@Controller('v1')
export class DateChangesController {
  constructor(
    private readonly queries: DateChangeQueries,
    private readonly askDateChange: AskDateChange,
    private readonly decideDateChange: DecideDateChange,
  ) {}

  @Create('actions/:id/date-changes', {
    summary: 'Demander d’autres dates pour une action notifiée',
    permission: 'date-change.ask',
    answers: DateChangeResponse,
    refusals: { 409: ['DATES_NOT_MOVABLE', 'DATE_CHANGE_ALREADY_ASKED'], 422: ['DATES_INVERTED', 'DATES_UNCHANGED'] },
  })
  ask(@Id() actionId: string, @Body() { startsOn, endsOn, reason }: AskDateChangeRequest, @Me() actor: Actor): Promise<DateChangeResponse> {
    return this.askDateChange.execute({ actionId, startsOn, endsOn, reason }, actor).then(toResponse);
  }

  @List('actions/:id/date-changes', {
    summary: 'Lister les changements de dates demandés pour une action',
    permission: 'report.read',
    answers: DateChangeResponse,
  })
  list(@Id() actionId: string, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<DateChangeResponse>> {
    return this.queries.ofAction(actionId, page, actor).then((found) => ({ ...found, rows: found.rows.map(toResponse) }));
  }

  @Act('date-changes/:id/decide', {
    summary: 'Accepter ou refuser un changement de dates',
    description: 'Accepté, les dates de l’action bougent, et avec elles l’échéance de son dernier bilan si elle finit une année plus tard.',
    permission: 'date-change.decide',
    answers: DateChangeResponse,
    refusals: { 403: ['RECUSED'], 409: ['DATE_CHANGE_DECIDED', 'DATES_NOT_MOVABLE'], 422: ['REASON_REQUIRED'] },
  })
  decide(
    @Id() dateChangeId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { accepted, reason = null }: DecideDateChangeRequest,
    @Me() actor: Actor,
  ): Promise<DateChangeResponse> {
    return this.decideDateChange.execute({ dateChangeId, version, accepted, reason }, actor).then(toResponse);
  }
}
