import { QUEUES } from './jobs.js';
import { backoffMs, QUEUE_RULES, type QueueRules } from './queue-rules.js';

const HOUR = 3_600_000;

/** From the first failure to the last try, when every try fails at once. */
function lastsMs(rules: QueueRules): number {
  let total = 0;
  for (let tries = 1; tries < rules.maxTries; tries++) total += backoffMs(rules, tries);
  return total;
}

test('the wait doubles up to its last', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 1_000].map((tries) => backoffMs(QUEUE_RULES.events, tries) / 1_000);
  expect(waits).toEqual([30, 60, 120, 240, 480, 600, 600, 600]);
});

test('events last an hour and a half, mail five days, webhooks three', () => {
  expect(lastsMs(QUEUE_RULES.events) / HOUR).toBeCloseTo(1.26, 1);
  expect(lastsMs(QUEUE_RULES.mail) / HOUR / 24).toBeCloseTo(4.95, 1);
  expect(lastsMs(QUEUE_RULES.webhooks) / HOUR / 24).toBeCloseTo(3, 1);
});

test('the workers of one process leave connections to others in a pool of 20', () => {
  const held = QUEUES.reduce((total, name) => total + QUEUE_RULES[name].concurrency, 0);
  // A document holds two.
  expect(held + QUEUE_RULES.documents.concurrency).toBeLessThanOrEqual(18);
});
