import { Controller, Param, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../../platform/auth/actor.js';
import { revalidated } from '../../../platform/http/revalidated.js';
import { Instant, Text } from '../../../platform/http/fields.js';
import { Create, Read, Remove } from '../../../platform/http/operation.js';
import { Me } from '../../../platform/http/params.js';
import { CalendarFeeds } from '../use-cases/calendar-feed.js';
import { CalendarQueries } from '../use-cases/calendar.queries.js';

const permission = 'signed-in';
/** Clients come back every hour or so; a deadline that moves need not wait longer. */
const MAX_AGE_SECONDS = 300;

export class CalendarFeedResponse {
  @Text({ max: 500, description: 'Adresse secrète à donner à votre agenda. Elle n’est montrée que cette fois.' }) url!: string;
  @Instant() createdAt!: string;
}

export class CalendarFeedStateResponse {
  @Instant({ nullable: true, description: 'Depuis quand votre agenda a une adresse ; nul : il n’en a pas' }) createdAt!: string | null;
}

@ApiTags('Mon compte')
@Controller('v1')
export class CalendarController {
  constructor(
    private readonly feeds: CalendarFeeds,
    private readonly queries: CalendarQueries,
  ) {}

  @Create('me/calendar-feed', {
    summary: 'Donner une adresse secrète à l’agenda de mes échéances ; la précédente est fermée',
    permission,
    // The answer holds a secret: it is not kept for a replay.
    idempotent: false,
    answers: CalendarFeedResponse,
  })
  open(@Me() actor: Actor): Promise<CalendarFeedResponse> {
    return this.feeds.open(actor).then(({ url, createdAt }) => ({ url, createdAt: createdAt.toISOString() }));
  }

  @Read('me/calendar-feed', { summary: 'Si mon agenda a une adresse', permission, answers: CalendarFeedStateResponse })
  state(@Me() actor: Actor): Promise<CalendarFeedStateResponse> {
    return this.feeds.openedAt(actor).then((createdAt) => ({ createdAt: createdAt?.toISOString() ?? null }));
  }

  @Remove('me/calendar-feed', { summary: 'Fermer l’adresse de mon agenda', permission, ifMatch: false })
  revoke(@Me() actor: Actor): Promise<void> {
    return this.feeds.revoke(actor);
  }

  @Read('calendar/:token.ics', {
    summary: 'L’agenda de qui a reçu cette adresse (iCalendar)',
    permission: 'public',
    file: 'text/calendar',
    refusals: { 404: ['NOT_FOUND'] },
  })
  read(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return this.queries
      .read(token)
      .then((file) => revalidated(request, reply, { ...file, type: 'text/calendar; charset=utf-8', maxAgeSeconds: MAX_AGE_SECONDS }));
  }
}
