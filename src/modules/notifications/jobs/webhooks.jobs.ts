import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, Scheduler } from '../../../platform/queue/index.js';
import { DeliverWebhook } from '../use-cases/deliver-webhook.js';
import { KeepWebhooks } from '../use-cases/keep-webhooks.js';

/** The shortest delay before a second attempt. */
const DUE_EVERY_MS = 5_000;
const PRUNE_EVERY_MS = 3_600_000;

@Injectable()
export class WebhooksJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
    private readonly deliver: DeliverWebhook,
    private readonly keep: KeepWebhooks,
  ) {}

  onModuleInit(): void {
    this.registry.register('webhook.due.v1', ({ id, payload }) => this.deliver.execute(id, payload.deliveryId), 'webhooks');
    this.registry.whenDiscarded('webhook.due.v1', (query, { deliveryId }, at) => this.keep.giveUp(query, deliveryId, at));
    this.registry.register('clock.webhooks-due', async () => {
      await this.keep.offerDue();
    });
    this.scheduler.every('webhooks-due', DUE_EVERY_MS, 'clock.webhooks-due');
    this.registry.register('clock.prune-webhooks', async () => {
      await this.keep.prune();
    });
    this.scheduler.every('prune-webhooks', PRUNE_EVERY_MS, 'clock.prune-webhooks');
  }
}
