import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Flag } from '../../../platform/http/fields.js';
import { Act, List, Read } from '../../../platform/http/operation.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { Id, Me, Paging } from '../../../platform/http/params.js';
import { NotificationQueries } from '../use-cases/notifications.queries.js';
import { ReadNotifications } from '../use-cases/read-notifications.js';
import { NotificationResponse, toNotificationResponse, UnreadCountResponse } from './notifications.responses.js';

class NotificationsQuery extends ListQuery {
  @Flag({ optional: true, query: true, description: 'Seulement ce que je n’ai pas lu' }) unread?: boolean;
}

@ApiTags('Mes messages')
@Controller('v1/me/notifications')
export class NotificationsController {
  constructor(
    private readonly queries: NotificationQueries,
    private readonly reading: ReadNotifications,
  ) {}

  @List('', { summary: 'Ce qui m’a été envoyé, du plus récent au plus ancien', permission: 'signed-in', answers: NotificationResponse })
  async mine(@Query() query: NotificationsQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<NotificationResponse>> {
    const found = await this.queries.mine(actor, query.unread === true, page);
    return { ...found, rows: found.rows.map(toNotificationResponse) };
  }

  @Read('unread-count', { summary: 'Combien de messages je n’ai pas lus', permission: 'signed-in', answers: UnreadCountResponse })
  async unreadCount(@Me() actor: Actor): Promise<UnreadCountResponse> {
    return { unreadCount: await this.queries.unreadCount(actor) };
  }

  @Act('read-all', {
    summary: 'Marquer lus tous mes messages',
    permission: 'signed-in',
    answers: UnreadCountResponse,
    ifMatch: false,
  })
  async readAll(@Me() actor: Actor): Promise<UnreadCountResponse> {
    return { unreadCount: await this.reading.all(actor) };
  }

  @Act(':id/read', {
    summary: 'Marquer lu un de mes messages',
    permission: 'signed-in',
    answers: NotificationResponse,
    ifMatch: false,
    refusals: { 404: ['NOT_FOUND'] },
  })
  read(@Id() id: string, @Me() actor: Actor): Promise<NotificationResponse> {
    return this.reading.one(id, actor).then(toNotificationResponse);
  }
}
