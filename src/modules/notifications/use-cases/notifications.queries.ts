import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { SentNotification } from '../domain/delivery.js';
import { DeliveryRepository } from '../persistence/delivery.repository.js';

@Injectable()
export class NotificationQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deliveries: DeliveryRepository,
  ) {}

  /** What was said to the actor: nobody reads anybody else's. */
  mine(actor: Actor, page: PageRequest): Promise<Page<SentNotification>> {
    return this.deliveries.listOf(this.work.read, actor.id, page);
  }
}
