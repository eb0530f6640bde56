import { IdempotencyPruning } from '../../../src/platform/database/idempotency-pruning.js';
import { aCoordinator, callBody } from '../../builders/calls.js';
import type { Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let coordinator: Person;

beforeAll(async () => {
  app = await startApp();
  coordinator = await aCoordinator(app);
});

afterAll(() => app.close());

const post = (key: string, by: Person, over: Record<string, unknown> = {}) =>
  app.http
    .post('/v1/calls')
    .set(by.auth)
    .set('Idempotency-Key', key)
    .send(callBody(app, { opensAt: '2026-10-01T08:00:00Z', closesAt: '2027-01-31T12:00:00Z', ...over }));
const callCount = async () => (await app.query<{ n: number }>('SELECT count(*)::int AS n FROM calls'))[0]?.n;

test('the same key and body answers the same, says so, and has one effect', async () => {
  const first = await post('key-a', coordinator);
  const second = await post('key-a', coordinator);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
  expect(second.headers['location']).toBe(first.headers['location']);
  expect(second.headers['etag']).toBe(first.headers['etag']);
  expect([first.headers['idempotent-replayed'], second.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
  expect(await callCount()).toBe(1);
});

test('another body under the same key is 422', async () => {
  const answer = await post('key-a', coordinator, { title: 'Autre' });
  expect([answer.status, answer.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
});

test('the key of somebody else is another key', async () => {
  const answer = await post('key-a', await aCoordinator(app));
  expect([answer.status, answer.headers['idempotent-replayed']]).toEqual([201, undefined]);
});

test('twenty at once under one key: one effect, and 409 or the same answer for the others', async () => {
  const before = (await callCount()) ?? 0;
  const answers = await Promise.all(Array.from({ length: 20 }, () => post('key-b', coordinator)));
  const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => (body as { id: string }).id));
  expect(ids.size).toBe(1);
  for (const { status, body } of answers.filter((one) => one.status !== 201))
    expect([status, body.code]).toEqual([409, 'SAME_REQUEST_RUNNING']);
  expect(await callCount()).toBe(before + 1);
});

test('answers are kept two days, then forgotten', async () => {
  await post('key-c', coordinator);
  await app.query(`UPDATE idempotency_keys SET created_at = now() - interval '47 hours' WHERE key = 'key-a'`);
  await app.query(`UPDATE idempotency_keys SET created_at = now() - interval '49 hours' WHERE key = 'key-c'`);
  expect(await app.app.get(IdempotencyPruning).prune()).toBe(1);
  expect(await app.query(`SELECT key FROM idempotency_keys WHERE key = 'key-c'`)).toEqual([]);
});
