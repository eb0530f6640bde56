import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { SentNotification } from '../domain/delivery.js';
import { InboxRepository } from '../persistence/inbox.repository.js';
import { NotificationRepository } from '../persistence/notification.repository.js';

/** What was said to the actor: nobody reads anybody else's. */
@Injectable()
export class NotificationQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly notifications: NotificationRepository,
    private readonly inbox: InboxRepository,
  ) {}

  mine(actor: Actor, unread: boolean, page: PageRequest): Promise<Page<SentNotification>> {
    return this.notifications.listOf(this.work.read, actor.id, unread, page);
  }

  unreadCount(actor: Actor): Promise<number> {
    return this.inbox.unreadCount(this.work.read, actor.id);
  }
}
