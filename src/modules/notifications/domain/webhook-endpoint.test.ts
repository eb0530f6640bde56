import { reachable } from '../../../kernel/transitions.js';
import {
  disable,
  enable,
  ENDPOINT_STATES,
  ENDPOINT_TRANSITIONS,
  hasFailedTooLong,
  targetOf,
  type WebhookEndpoint,
} from './webhook-endpoint.js';

const NOW = new Date('2027-03-01T08:00:00Z');
const anEndpoint = (over: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  ...{ id: 'e', ownerId: 'o', url: 'https://si.example/', description: null, eventTypes: ['dossier.submitted.v1'], state: 'enabled' },
  ...{ disabledCause: null, disabledAt: null, failingSince: null, previousSecretUntil: null, version: 1, createdAt: NOW },
  ...over,
});

test('every state can be reached', () => {
  expect(reachable(ENDPOINT_TRANSITIONS, 'enabled')).toEqual(new Set(ENDPOINT_STATES));
});

test.each([
  ['https://si.example/in?x=1', false],
  ['HTTPS://si.example', false],
  ['http://si.example/', true],
])('takes %s (http allowed: %s)', (url, allowHttp) => {
  expect(targetOf(url, allowHttp).protocol).toMatch(/^https?:$/);
});

test.each([
  ['http://si.example/', false],
  ['ftp://si.example/', true],
  ['file:///etc/passwd', true],
  ['si.example', true],
  ['https://user@si.example/', true],
  ['https://:secret@si.example/', true],
  ['https://si.example/#part', true],
  ['https://', true],
])('refuses %s (http allowed: %s)', (url, allowHttp) => {
  expect(() => targetOf(url, allowHttp)).toThrow(expect.objectContaining({ code: 'WEBHOOK_URL_REFUSED' }));
});

test('is stopped with a cause, and starts again with its failures forgotten', () => {
  const stopped = disable(anEndpoint({ failingSince: NOW }), 'gone', NOW);
  expect(stopped).toMatchObject({ state: 'disabled', disabledCause: 'gone', disabledAt: NOW, version: 2 });
  expect(enable(stopped)).toMatchObject({ state: 'enabled', disabledCause: null, disabledAt: null, failingSince: null, version: 3 });
  expect(() => disable(stopped, 'gone', NOW)).toThrow(/n'est pas possible/);
  expect(() => enable(anEndpoint())).toThrow(/n'est pas possible/);
});

test('has failed too long after five days, not before', () => {
  const at = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);
  expect(hasFailedTooLong(anEndpoint({ failingSince: NOW }), at(4.99))).toBe(false);
  expect(hasFailedTooLong(anEndpoint({ failingSince: NOW }), at(5))).toBe(true);
  expect(hasFailedTooLong(anEndpoint(), at(500))).toBe(false);
});
