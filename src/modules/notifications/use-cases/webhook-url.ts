import type { OutboundHttp } from '../../../platform/outbound/index.js';
import { targetOf } from '../domain/webhook-endpoint.js';
import { WebhookUrlRefused } from '../domain/webhook.errors.js';

/** The address as it will be called. A name is not looked up here: it is at each sending, where it counts. @throws WebhookUrlRefused */
export function acceptedUrl(outbound: OutboundHttp, url: string): string {
  const target = targetOf(url, outbound.allowsHttp);
  if (outbound.refuses(target)) throw new WebhookUrlRefused('Cette adresse mène à une machine ou à un réseau privés.');
  return target.href;
}
