import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { SentNotification } from '../domain/delivery.js';
import { InboxRepository } from '../persistence/inbox.repository.js';
import { NotificationRepository } from '../persistence/notification.repository.js';

/** Who reads their messages says so. Theirs only, and nobody else's business: no audit row. */
@Injectable()
export class ReadNotifications {
  constructor(
    private readonly work: UnitOfWork,
    private readonly notifications: NotificationRepository,
    private readonly inbox: InboxRepository,
  ) {}

  /** Of what came by mail alone there is nothing to mark. @throws NotFound */
  one(id: string, actor: Actor): Promise<SentNotification> {
    return this.work.run(actor, async ({ query, at }) => {
      await this.inbox.markRead(query, actor.id, id, at);
      return this.notifications.one(query, actor.id, id);
    });
  }

  /** Gives how many are left unread: those that came meanwhile. */
  all(actor: Actor): Promise<number> {
    return this.work.run(actor, async ({ query, at }) => {
      await this.inbox.markAllRead(query, actor.id, at);
      return this.inbox.unreadCount(query, actor.id);
    });
  }
}
