import { Controller, Headers, Res, type StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { BievreError } from '../../../kernel/errors.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { EventStream } from '../../../platform/http/event-stream.js';
import { Read } from '../../../platform/http/operation.js';
import { Me, SignedInUntil } from '../../../platform/http/params.js';
import type { InboxMessage } from '../domain/inbox.js';
import { KINDS } from '../domain/kinds.js';
import { InboxStreams } from '../use-cases/inbox-streams.js';
import type { InboxMessageResponse } from './notifications.responses.js';

class MalformedEventId extends BievreError {
  constructor() {
    super('MALFORMED', 'Last-Event-ID est l’identifiant du dernier événement reçu de ce flux, tel quel.');
  }
}

@ApiTags('Mes messages')
@Controller('v1/me/notifications')
export class InboxStreamController {
  constructor(private readonly streams: InboxStreams) {}

  @Read('stream', {
    summary: 'Mes messages, à mesure qu’ils arrivent',
    description:
      'Événements : `notification` (un message, avec l’identifiant à redonner dans Last-Event-ID), `unread-count` ({unreadCount}), `closing` ({reason : signed-out quand le jeton expire, shutdown quand le service s’arrête}). Un commentaire toutes les 25 secondes. Ouvrez le flux avant de lire la liste : rien ne se perd entre les deux.',
    permission: 'signed-in',
    file: 'text/event-stream',
    refusals: { 409: ['TOO_MANY_STREAMS'] },
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Dernier événement reçu : le flux reprend après lui' })
  async stream(
    @Headers('last-event-id') lastEventId: string | undefined,
    @SignedInUntil() until: Date,
    @Me() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const after = rankOf(lastEventId);
    const events = new EventStream();
    const close = await this.streams.open(
      { userId: actor.id, after, until },
      {
        message: (message) => {
          events.event('notification', toInboxMessageResponse(message), String(message.rank));
        },
        unread: (unreadCount) => {
          events.event('unread-count', { unreadCount });
        },
        beat: () => {
          events.beat();
        },
        end: (reason) => {
          events.event('closing', { reason });
          events.end();
        },
      },
    );
    events.onClose(close);
    // nginx would keep events until its buffer is full.
    void reply.header('x-accel-buffering', 'no');
    return events.answer();
  }
}

/** @throws MalformedEventId */
function rankOf(lastEventId: string | undefined): bigint | null {
  if (lastEventId === undefined || lastEventId === '') return null;
  if (!/^\d{1,18}$/.test(lastEventId)) throw new MalformedEventId();
  return BigInt(lastEventId);
}

function toInboxMessageResponse({
  rank: _rank,
  objectType,
  objectId,
  createdAt,
  readAt,
  blankedAt,
  ...message
}: InboxMessage): InboxMessageResponse {
  return {
    ...message,
    label: KINDS[message.kind].label,
    object: { type: objectType, id: objectId },
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
    blankedAt: blankedAt?.toISOString() ?? null,
  };
}
