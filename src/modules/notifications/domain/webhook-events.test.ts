import { NOTIFIED_EVENTS } from './catalogue.js';
import { isWebhookEvent, subjectOf, thinData, WEBHOOK_CATALOGUE, WEBHOOK_EVENTS } from './webhook-events.js';

test('only known events are offered, and none that opens an account', () => {
  expect(WEBHOOK_EVENTS.filter((type) => !NOTIFIED_EVENTS.includes(type))).toEqual([]);
  expect(isWebhookEvent('account.password-reset-asked.v1')).toBe(false);
  expect(isWebhookEvent('account.closing-announced.v1')).toBe(false);
  expect(isWebhookEvent('webhook-endpoint.stopped.v1')).toBe(false);
  expect(isWebhookEvent('acts.prepared.v1')).toBe(false);
  expect(isWebhookEvent('constructor')).toBe(false);
});

test('nothing leaves but the ids that are named: a token’s id stays', () => {
  expect(thinData('account.registered.v1', { userId: 'u', tokenId: 't' })).toEqual({ userId: 'u' });
});

test('no id that leaves is a token’s', () => {
  expect(Object.values(WEBHOOK_CATALOGUE).flatMap(({ ids }) => [...ids] as string[])).not.toContain('tokenId');
});

test('a year leaves with its agreement: one looks it up there', () => {
  expect(thinData('tranche.confirmed.v1', { cpoId: 'c', year: '2028' })).toEqual({ cpoId: 'c', year: '2028' });
});

test('the object is one id or several', () => {
  expect(subjectOf('complement.requested.v1', { dossierId: 'd', complementRequestId: 'c' })).toEqual({ object: 'complement', ids: ['d'] });
  expect(subjectOf('payments.made.v1', { organisationId: 'o', paymentIds: ['p', 'q'] })).toEqual({ object: 'payment', ids: ['p', 'q'] });
  expect(subjectOf('results.announced.v1', { callId: 'c', organisationId: 'o', lineIds: ['a', 'b'] })).toEqual({
    object: 'line',
    ids: ['a', 'b'],
  });
});
