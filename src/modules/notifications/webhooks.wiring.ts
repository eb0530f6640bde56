import { WebhookDeliveriesController } from './http/webhook-deliveries.controller.js';
import { WebhookEndpointsController } from './http/webhook-endpoints.controller.js';
import { WebhooksJobs } from './jobs/webhooks.jobs.js';
import { WebhookDeliveryRepository } from './persistence/webhook-delivery.repository.js';
import { WebhookEndpointRepository } from './persistence/webhook-endpoint.repository.js';
import { WebhookSightRepository } from './persistence/webhook-sight.repository.js';
import { ChangeWebhookEndpoint } from './use-cases/change-webhook-endpoint.js';
import { CreateWebhookEndpoint } from './use-cases/create-webhook-endpoint.js';
import { DeliverWebhook } from './use-cases/deliver-webhook.js';
import { KeepWebhooks } from './use-cases/keep-webhooks.js';
import { RecordWebhooks } from './use-cases/record-webhooks.js';
import { RemoveWebhookEndpoint } from './use-cases/remove-webhook-endpoint.js';
import { RotateWebhookSecret } from './use-cases/rotate-webhook-secret.js';
import { SendAgain } from './use-cases/send-again.js';
import { SwitchWebhookEndpoint } from './use-cases/switch-webhook-endpoint.js';
import { WebhookDesk } from './use-cases/webhook-desk.js';
import { WebhookSecrets } from './use-cases/webhook-secrets.js';
import { WebhookSending } from './use-cases/webhook-sending.js';
import { WebhookQueries } from './use-cases/webhook.queries.js';

/** What other systems are told: their endpoints, and what leaves for them. */
export const WEBHOOKS = {
  controllers: [WebhookEndpointsController, WebhookDeliveriesController],
  providers: [
    ...[WebhookEndpointRepository, WebhookDeliveryRepository, WebhookSightRepository],
    ...[WebhookDesk, WebhookSecrets, WebhookQueries, RecordWebhooks, WebhookSending, DeliverWebhook, KeepWebhooks, WebhooksJobs],
    ...[CreateWebhookEndpoint, ChangeWebhookEndpoint, SwitchWebhookEndpoint, RotateWebhookSecret, RemoveWebhookEndpoint, SendAgain],
  ],
};
