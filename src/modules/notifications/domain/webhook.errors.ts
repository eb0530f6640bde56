import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';

export class WebhookUrlRefused extends Unprocessable {
  constructor(sentence: string) {
    super('WEBHOOK_URL_REFUSED', sentence, [{ pointer: '/url', code: 'WEBHOOK_URL_REFUSED', detail: sentence }]);
  }
}

export class TooManyWebhookEndpoints extends RuleRefused {
  constructor(limit: number) {
    super('TOO_MANY_WEBHOOK_ENDPOINTS', `Vous avez déjà ${limit} points de réception : supprimez-en un d’abord.`);
  }
}

export class WebhookEndpointDisabled extends RuleRefused {
  constructor() {
    super('WEBHOOK_ENDPOINT_DISABLED', 'Ce point de réception est arrêté : rien ne lui est envoyé. Remettez-le en service d’abord.');
  }
}
