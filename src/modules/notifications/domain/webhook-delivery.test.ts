import { reachable } from '../../../kernel/transitions.js';
import {
  afterAttempt,
  askedWait,
  bodyOf,
  cancelled,
  causeOfStatus,
  nextAttemptAt,
  replayed,
  takenInHand,
  WEBHOOK_DELIVERY_STATES,
  WEBHOOK_DELIVERY_TRANSITIONS,
  type WebhookDelivery,
} from './webhook-delivery.js';

const NOW = new Date('2027-03-01T08:00:00Z');
const aDelivery = (over: Partial<WebhookDelivery> = {}): WebhookDelivery => ({
  ...{ id: 'd', endpointId: 'e', eventType: 'dossier.submitted.v1', occurredAt: NOW, data: { dossierId: 'x' }, state: 'pending' },
  ...{ attempts: 0, tries: 0, nextAttemptAt: NOW, inHandUntil: null, createdAt: NOW, finishedAt: null },
  ...over,
});
const secondsTo = (date: Date | null): number | null => date && (date.getTime() - NOW.getTime()) / 1000;
const delay = (tries: number, over: { askedSeconds?: number | null; luck?: number; eventType?: string } = {}): number | null =>
  secondsTo(
    nextAttemptAt(
      { tries, eventType: over.eventType ?? 'dossier.submitted.v1' },
      { now: NOW, askedSeconds: over.askedSeconds ?? null, luck: over.luck ?? 0 },
    ),
  );

test('every state can be reached', () => {
  expect(reachable(WEBHOOK_DELIVERY_TRANSITIONS, 'pending')).toEqual(new Set(WEBHOOK_DELIVERY_STATES));
});

test('the body is a type, an instant and ids', () => {
  expect(bodyOf(aDelivery())).toBe('{"type":"dossier.submitted.v1","timestamp":"2027-03-01T08:00:00.000Z","data":{"dossierId":"x"}}');
});

test('delays grow as Standard Webhooks advises, then end', () => {
  const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((tries) => delay(tries));
  expect(minutes).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, null]);
});

test('luck adds a tenth at most', () => {
  expect(delay(2, { luck: 0.999 })).toBeCloseTo(329.97, 2);
});

test('a test is tried once', () => {
  expect(delay(1, { eventType: 'webhook.test' })).toBeNull();
});

test.each([
  [120, 120],
  [1, 5],
  [1_000_000, 86_400],
  [null, 5],
])('a wait of %s s that was asked for gives %s s at the first failure', (askedSeconds, expected) => {
  expect(delay(1, { askedSeconds })).toBe(expected);
});

test.each([
  [429, '120', 120],
  [503, ' 30 ', 30],
  [503, 'Mon, 01 Mar 2027 08:01:00 GMT', 60],
  [503, 'Mon, 01 Mar 2027 07:00:00 GMT', null],
  [503, 'soon', null],
  [503, '-5', null],
  [503, '0', null],
  [503, null, null],
  [500, '120', null],
])('%s with Retry-After %s asks for %s', (status, header, expected) => {
  expect(askedWait(status, header, NOW)).toBe(expected);
});

test.each([
  [200, null],
  [204, null],
  [299, null],
  [302, 'redirect'],
  [410, 'gone'],
  [404, 'status'],
  [500, 'status'],
])('%s: %s', (status, cause) => {
  expect(causeOfStatus(status)).toBe(cause);
});

test('an attempt ends the delivery, or puts it to its next turn', () => {
  const sent = takenInHand(aDelivery(), NOW);
  expect(sent).toMatchObject({ attempts: 1, tries: 1, state: 'pending' });
  expect(secondsTo(sent.inHandUntil)).toBe(20);
  const later = new Date(NOW.getTime() + 5000);
  expect(afterAttempt(sent, null, later, NOW)).toMatchObject({
    state: 'delivered',
    nextAttemptAt: null,
    finishedAt: NOW,
    inHandUntil: null,
  });
  expect(afterAttempt(sent, 'status', later, NOW)).toMatchObject({ state: 'pending', nextAttemptAt: later, finishedAt: null });
  expect(afterAttempt(sent, 'status', null, NOW)).toMatchObject({ state: 'failed', nextAttemptAt: null, finishedAt: NOW });
});

test('what was cancelled while it was sent stays so', () => {
  const stopped = cancelled(takenInHand(aDelivery(), NOW), NOW);
  expect(afterAttempt(stopped, null, null, NOW)).toMatchObject({ state: 'cancelled', inHandUntil: null });
});

test.each(['delivered', 'failed', 'cancelled'] as const)('what is %s may be replayed, its delays anew', (state) => {
  const done = aDelivery({ state, attempts: 4, tries: 4, nextAttemptAt: null, finishedAt: NOW });
  expect(replayed(done, NOW)).toMatchObject({ state: 'pending', attempts: 4, tries: 0, nextAttemptAt: NOW, finishedAt: null });
});

test('what waits is not replayed', () => {
  expect(() => replayed(aDelivery(), NOW)).toThrow(/n'est pas possible/);
});
