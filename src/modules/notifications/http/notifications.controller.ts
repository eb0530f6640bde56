import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { List } from '../../../platform/http/operation.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { Me, Paging } from '../../../platform/http/params.js';
import { NotificationQueries } from '../use-cases/notifications.queries.js';
import { NotificationResponse, toNotificationResponse } from './notifications.responses.js';

@ApiTags('Mes messages')
@Controller('v1/me/notifications')
export class NotificationsController {
  constructor(private readonly queries: NotificationQueries) {}

  @List('', { summary: 'Ce qui m’a été envoyé, du plus récent au plus ancien', permission: 'signed-in', answers: NotificationResponse })
  async mine(@Query() _query: ListQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<NotificationResponse>> {
    const found = await this.queries.mine(actor, page);
    return { ...found, rows: found.rows.map(toNotificationResponse) };
  }
}
